using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Symbols in, model out: makes a stage of each verb call that a <c>[Pipeline]</c> method comes by.</summary>
internal sealed class PipelineParser
{
    private readonly Follower _follower;
    private readonly SemanticModel _model;
    private readonly StageParser _parser;
    private readonly SiteNames _sites;
    private readonly List<StageModel> _stages = [];
    private readonly List<LocationModel> _locations = [];

    private PipelineParser(SyntaxNode declaration, SemanticModel model, List<Finding> findings, CancellationToken cancellation)
    {
        _model = model;
        _parser = new StageParser(findings, cancellation);
        _sites = new SiteNames(declaration);
        _follower = Follower.Follow(declaration, model, cancellation);
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
        CancellationToken cancellation) =>
        Read(method, declaration, model, findings, cancellation)?.Pipeline;

    /// <summary>The same, with the calls that the stages come from.</summary>
    public static PipelineReading? Read(
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        SemanticModel model,
        List<Finding> findings,
        CancellationToken cancellation)
    {
        if (method.PartialImplementationPart?.DeclaringSyntaxReferences is { Length: 1 } parts
            && parts[0].GetSyntax(cancellation) is MethodDeclarationSyntax whole)
        {
            // The attribute may stand at the half without a body.
            method = method.PartialImplementationPart;
            declaration = whole;
            BodyReads.Note(whole);
            model = declaration.SyntaxTree == model.SyntaxTree ? model : Semantics.Of(model.Compilation, declaration.SyntaxTree);
        }

        if ((declaration.Body is null && declaration.ExpressionBody is null) || !IsPipeline(method)
            || CompilerNeeds.MissingFor(declaration.SyntaxTree.Options) is not null)
        {
            return null;
        }

        AliasedAssemblies.Note(model.Compilation);
        var parser = new PipelineParser(declaration, model, findings, cancellation);
        parser.MakeStages(cancellation);
        var title = string.Join(".", Containing(method).Select(type => type.Name)) + "." + method.Name;
        var parsed = new ParsedPipelineModel
        {
            Pipeline = new PipelineModel
            {
                Title = title,
                HintName = GeneratedNames.FileOf(method) + ".Pipeline.g.cs",
                File = FileOf(declaration.SyntaxTree, model),
                Stages = new EquatableArray<StageModel>([.. parser._stages]),
            },
            Locations = new EquatableArray<LocationModel>([.. parser._locations]),
        };
        return new PipelineReading(parsed, parser._follower);
    }

    /// <summary>Whether a method may carry the attribute at all.</summary>
    public static bool IsPipeline(IMethodSymbol method) => PipelineShape.FaultsOf(method).Length == 0;

    private static INamedTypeSymbol[] Containing(IMethodSymbol method)
    {
        var types = new List<INamedTypeSymbol>();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            types.Insert(0, type);
        }

        return [.. types];
    }

    // As it will be called in the PDB: a build in another folder must write the same bytes.
    private static string? FileOf(SyntaxTree tree, SemanticModel model) => tree.FilePath is not { Length: > 0 } path ? null
        : model.Compilation.Options.SourceReferenceResolver?.NormalizePath(path, baseFilePath: null) ?? path;

    private void MakeStages(CancellationToken cancellation)
    {
        var calls = _follower.Calls;
        foreach (var call in calls)
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = call.Inputs.Select(static input => new StageInputModel
            {
                Stage = input.Only,
                Possible = new EquatableArray<int>([.. input.Calls]),
            });
            var place = new StagePlace(
                call,
                new EquatableArray<StageInputModel>([.. inputs]),
                TimesOf(call),
                _sites.Of(call.Verb),
                calls.Count(other => other.Verb.Syntax == call.Verb.Syntax) == 1 && _sites.Of(call.Verb).IsOwn,
                FileOf(call.Verb.Syntax.SyntaxTree, call.Verb.Model));
            var keyed = call.Inputs.Count == 1 && call.Inputs[0].Only is { } only && only < _stages.Count
                ? _stages[only] as KeyByStageModel : null;
            _stages.Add(_parser.Parse(place, keyed));
            _locations.Add(LocationOf(call.Verb, cancellation));
        }
    }

    private static LocationModel LocationOf(VerbCall verb, CancellationToken cancellation) =>
        verb.Syntax is InvocationExpressionSyntax syntax && Places.Of(syntax, verb.Model, cancellation) is { } location
            ? location
            : new LocationModel { Version = 0, Data = "not a call", Place = null };

    private TimeKnowledge TimesOf(FollowedCall call)
    {
        var inputs = call.Inputs.Select(TimesOf).ToArray();

        // Of streams that are made one, all must be timed.
        return inputs.Length == 0 || inputs.Contains(TimeKnowledge.Untimed) ? TimeKnowledge.Untimed
            : inputs.All(static times => times == TimeKnowledge.Timed) ? TimeKnowledge.Timed
            : TimeKnowledge.Unknown;
    }

    private TimeKnowledge TimesOf(StreamValue input)
    {
        var known = input.Calls
            .Concat(input.Sides)
            .Select(call => call < _stages.Count ? _stages[call].Times : TimeKnowledge.Unknown)
            .Concat(input.Elsewhere is { } elsewhere ? [elsewhere] : [])
            .Distinct()
            .ToArray();
        return known.Length == 1 ? known[0] : TimeKnowledge.Unknown;
    }
}
