using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Symbols in, model out: follows every verb chain of a <c>[Pipeline]</c> method, also through locals that are assigned once.
/// </summary>
internal sealed class PipelineParser
{
    private readonly SemanticModel _model;
    private readonly SyntaxNode _body;
    private readonly CancellationToken _cancellation;
    private readonly List<Finding> _findings;
    private readonly StageParser _parser;
    private readonly Dictionary<InvocationExpressionSyntax, int?> _resolved = [];
    private readonly HashSet<SyntaxNode> _followed = [];
    private readonly List<StageModel> _stages = [];
    private readonly List<LocationModel> _locations = [];
    private readonly HashSet<ISymbol> _reassigned;

    private PipelineParser(SemanticModel model, SyntaxNode body, List<Finding> findings, CancellationToken cancellation)
    {
        _model = model;
        _body = body;
        _cancellation = cancellation;
        _findings = findings;
        _parser = new StageParser(model, findings, cancellation);
        _reassigned = Reassigned();
    }

    /// <summary>
    /// Returns null for a method that holds no pipeline that can be compiled; the analyzer explains why, the generator stays silent.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="model">The semantic model of its file.</param>
    /// <param name="findings">Takes what the author should know.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static ParsedPipelineModel? Parse(
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        SemanticModel model,
        List<Finding> findings,
        CancellationToken cancellation)
    {
        SyntaxNode? body = declaration.Body is not null ? declaration.Body : declaration.ExpressionBody;
        if (body is null || !IsPipeline(method) || IsGeneric(method))
        {
            return null;
        }

        var parser = new PipelineParser(model, body, findings, cancellation);
        parser.ReadCalls();
        var title = string.Join(".", Containing(method).Select(type => type.Name)) + "." + method.Name;
        var space = method.ContainingNamespace is { IsGlobalNamespace: false } containing ? containing.ToDisplayString() : null;
        return new ParsedPipelineModel
        {
            Pipeline = new PipelineModel
            {
                Namespace = space,
                Name = GeneratedNames.TypeOf(method),
                Title = title,
                HintName = GeneratedNames.FileOf(method) + ".Pipeline.g.cs",
                File = declaration.SyntaxTree.FilePath is { Length: > 0 } file ? file : null,
                Usings = UsingsOf(declaration, model),
                Stages = new EquatableArray<StageModel>([.. parser._stages]),
            },
            Locations = new EquatableArray<LocationModel>([.. parser._locations]),
        };
    }

    /// <summary>Whether a method may carry the attribute at all.</summary>
    public static bool IsPipeline(IMethodSymbol method) =>
        method.IsStatic && method.Parameters.Length > 0 && method.Parameters[0].Type.ToDisplayString() == "Weir.Job";

    /// <summary>Whether the records of a pipeline depend on type parameters, which generated code cannot name.</summary>
    public static bool IsGeneric(IMethodSymbol method) => method.IsGenericMethod || Containing(method).Any(type => type.IsGenericType);

    private static INamedTypeSymbol[] Containing(IMethodSymbol method)
    {
        var types = new List<INamedTypeSymbol>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            types.Insert(0, type);
        }

        return [.. types];
    }

    private static EquatableArray<UsingModel> UsingsOf(SyntaxNode declaration, SemanticModel model) => new(
        [.. declaration.Ancestors()
            .SelectMany(static outer => outer switch
            {
                CompilationUnitSyntax unit => unit.Usings,
                BaseNamespaceDeclarationSyntax space => space.Usings,
                _ => default,
            })
            .Where(static directive => directive.Alias is null && directive.GlobalKeyword == default
                && directive.NamespaceOrType is not null)
            .Select(directive => (IsStatic: directive.StaticKeyword != default, model.GetSymbolInfo(directive.NamespaceOrType).Symbol))
            .Where(static directive => directive.Symbol is not null && Reach.CanReach(directive.Symbol))
            .Select(static directive => new UsingModel
            {
                Name = directive.Symbol!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                IsStatic = directive.IsStatic,
            })
            .Distinct()
            .OrderBy(static directive => directive.IsStatic)
            .ThenBy(static directive => directive.Name, StringComparer.Ordinal)]);

    private void ReadCalls()
    {
        foreach (var call in _body.DescendantNodes(node => node == _body || !IsFunction(node)).OfType<InvocationExpressionSyntax>())
        {
            _cancellation.ThrowIfCancellationRequested();
            Resolve(call);
        }

        CountStrayUses();
    }

    /// <summary>The stage whose main output an expression is, or null.</summary>
    private int? Resolve(ExpressionSyntax? expression)
    {
        switch (expression is null ? null : FunctionParser.Unwrap(expression))
        {
            case InvocationExpressionSyntax call:
                return Resolve(call);
            case IdentifierNameSyntax name when InitializerOf(name) is { } initializer:
                _followed.Add(name);
                return Resolve(initializer);
            default:
                return null;
        }
    }

    private int? Resolve(InvocationExpressionSyntax syntax)
    {
        if (_resolved.TryGetValue(syntax, out var known))
        {
            return known;
        }

        // Broken code may be circular; what is being resolved counts as unknown until it is.
        _resolved.Add(syntax, null);
        if (VerbCall.Of(syntax, _model, _cancellation) is not { } call)
        {
            return null;
        }

        var inputs = call.Inputs().Select(Resolve).ToArray();
        var stage = call.Verb switch
        {
            "Id" or "Window" or "IdleAfter" or "LateTo" => inputs[0],
            "WithParallelism" => SetParallelism(inputs[0]),
            _ => Add(call, inputs),
        };
        _resolved[syntax] = stage;
        return stage;
    }

    private int? SetParallelism(int? stage)
    {
        if (stage is { } index)
        {
            _stages[index] = _stages[index] with { HasParallelism = true };
        }

        return stage;
    }

    private int? Add(VerbCall call, int?[] inputs)
    {
        var keyed = inputs.Length == 1 && inputs[0] is { } only ? _stages[only] as KeyByStageModel : null;
        var times = TimesOf(call, inputs);
        if (_parser.Parse(call, inputs, times, keyed, TakesLate(call)) is not { } stage
            || _model.GetInterceptableLocation(call.Syntax, _cancellation) is not { } location)
        {
            return null;
        }

        if (times == TimeKnowledge.Unknown && inputs.Contains(null) && NeedsTimes(stage))
        {
            _findings.Add(new Finding(
                FindingKind.Interpreted, call.Name, "its stream was not made in this method, or its variable is assigned more than once"));
        }

        foreach (var input in inputs.OfType<int>())
        {
            AddUser(input);
        }

        _stages.Add(stage);
        _locations.Add(new LocationModel { Version = location.Version, Data = location.Data });
        return _stages.Count - 1;
    }

    // Late records are an output of their own, behind no loop that a kernel could go on with; but they have been in a window, and so are
    // timed.
    private TimeKnowledge TimesOf(VerbCall call, int?[] inputs)
    {
        var times = call.Inputs()
            .Zip(inputs, (expression, input) => IsLateStream(expression) ? TimeKnowledge.Timed : input is { } stage ? _stages[stage].Times
                : TimeKnowledge.Unknown)
            .Distinct()
            .ToArray();
        return times.Length == 1 ? times[0] : times.Length == 0 ? TimeKnowledge.Untimed : TimeKnowledge.Unknown;
    }

    /// <summary>Whether an expression is the local that <c>LateTo(out var …)</c> declares.</summary>
    private bool IsLateStream(ExpressionSyntax? expression) =>
        expression is not null
        && FunctionParser.Unwrap(expression) is IdentifierNameSyntax name
        && _model.GetSymbolInfo(name, _cancellation).Symbol is ILocalSymbol local
        && !_reassigned.Contains(local)
        && local.DeclaringSyntaxReferences.Length == 1
        && local.DeclaringSyntaxReferences[0].GetSyntax(_cancellation).FirstAncestorOrSelf<ArgumentSyntax>() is
        {
            RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Parent.Parent: InvocationExpressionSyntax declaring
        }
        && VerbCall.Of(declaring, _model, _cancellation) is { Verb: "LateTo" };

    /// <summary>Whether the windows that a call aggregates have given their late records to a stream.</summary>
    private bool TakesLate(VerbCall call) => call.Verb == "Aggregate" && IsBehindLateTo(call.Argument("source"));

    private bool IsBehindLateTo(ExpressionSyntax? expression) => (expression is null ? null : FunctionParser.Unwrap(expression)) switch
    {
        InvocationExpressionSyntax windowed => VerbCall.Of(windowed, _model, _cancellation) is { Verb: "LateTo" },
        IdentifierNameSyntax name => InitializerOf(name) is { } initializer && IsBehindLateTo(initializer),
        _ => false,
    };

    /// <summary>A stream that is handed to something else than a verb has a user there, too.</summary>
    private void CountStrayUses()
    {
        foreach (var name in _body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => !_followed.Contains(name)))
        {
            if (InitializerOf(name) is { } initializer
                && FunctionParser.Unwrap(initializer) is InvocationExpressionSyntax call
                && _resolved.TryGetValue(call, out var known)
                && known is { } stage)
            {
                AddUser(stage);
            }
        }
    }

    private void AddUser(int stage) => _stages[stage] = _stages[stage] with { Users = _stages[stage].Users + 1 };

    private ExpressionSyntax? InitializerOf(IdentifierNameSyntax name) =>
        _model.GetSymbolInfo(name, _cancellation).Symbol is ILocalSymbol local
        && !_reassigned.Contains(local)
        && local.DeclaringSyntaxReferences.Length == 1
        && local.DeclaringSyntaxReferences[0].GetSyntax(_cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && _body.Span.Contains(value.Span)
            ? value
            : null;

    private HashSet<ISymbol> Reassigned()
    {
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var name in _body.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if ((name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax or TupleExpressionSyntax
                || (name.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax }))
            {
                if (_model.GetSymbolInfo(name, _cancellation).Symbol is ILocalSymbol local)
                {
                    locals.Add(local);
                }
            }
        }

        return locals;
    }

    // Whether its loop must know if the records that come in carry event times.
    private static bool NeedsTimes(StageModel stage) =>
        stage is LoopStageModel and not RecordStageModel { Kind: RecordKind.AssignTime };

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
