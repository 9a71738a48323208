using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>
/// Reads what types the calls in a body store. A generic helper is read for each call of it, as only that knows the types.
/// </summary>
internal sealed class StateTypeReader
{
    // Generic helpers that call each other with ever more types.
    private const int GreatestDepth = 16;

    private readonly SemanticModel _semantics;
    private readonly CancellationToken _cancellation;
    private readonly TypeArguments _arguments;
    private readonly SyntaxNode? _at;
    private readonly ImmutableHashSet<string> _outer;

    public StateTypeReader(SemanticModel semantics, CancellationToken cancellation)
        : this(semantics, TypeArguments.None, null, ImmutableHashSet<string>.Empty, cancellation)
    {
    }

    private StateTypeReader(
        SemanticModel semantics, TypeArguments arguments, SyntaxNode? at, ImmutableHashSet<string> outer, CancellationToken cancellation)
    {
        _semantics = semantics;
        _arguments = arguments;
        _at = at;
        _outer = outer;
        _cancellation = cancellation;
    }

    /// <summary>All calls within a node.</summary>
    public IEnumerable<StateTypeUse> Read(SyntaxNode body) => body.DescendantNodes()
        .Where(static node => node is InvocationExpressionSyntax or SelectClauseSyntax or GroupClauseSyntax or QueryClauseSyntax)
        .SelectMany(OfCall);

    /// <summary>One call.</summary>
    public IEnumerable<StateTypeUse> OfCall(SyntaxNode call)
    {
        _cancellation.ThrowIfCancellationRequested();
        var symbol = call is QueryClauseSyntax clause ? _semantics.GetQueryClauseInfo(clause, _cancellation).OperationInfo.Symbol
            : _semantics.GetSymbolInfo(call, _cancellation).Symbol;
        if (symbol is not IMethodSymbol method)
        {
            yield break;
        }

        foreach (var (type, need) in Types(call, method))
        {
            if (_arguments.In(type, _semantics.Compilation) is { TypeKind: not TypeKind.Error } closed)
            {
                yield return new StateTypeUse(closed, _at ?? call, need, _at is null ? null : method.Name);
            }
        }

        foreach (var use in OfHelper(call, method))
        {
            yield return use;
        }
    }

    private IEnumerable<(ITypeSymbol Type, CodecNeed Need)> Types(SyntaxNode call, IMethodSymbol method)
    {
        // Records of other streams are stored only where the stream is cut.
        var isCut = Verbs.IsExchange(method.Name) || IsOf(method.ReturnType, "Weir.KeyedStream");
        var streams = IsOf(method.ReturnType, "Weir.Stream") || IsOf(method.ReturnType, "Weir.KeyedStream")
            ? ((INamedTypeSymbol)method.ReturnType).TypeArguments : [];
        return streams.Select(type => (type, isCut ? CodecNeed.Stored : CodecNeed.Passing))
            .Concat(Accumulators(method).Select(static type => (type, CodecNeed.Stored)))
            .Concat(OfBoundary(method))
            .Concat(KeptBy(call, method))
            .Concat(OfLinq(method).Select(static type => (type, CodecNeed.Kept)))
            .Concat(OfCodecs(method))
            .Concat(method.Name == "WithParallelism" && call is InvocationExpressionSyntax invocation
                ? ParallelismChange.Crossing(invocation, method, _semantics, _cancellation).Select(static type => (type, CodecNeed.Stored))
                : []);
    }

    private static bool IsOf(ITypeSymbol type, string definition) =>
        type is INamedTypeSymbol named && TypeNames.Definition(named) == definition;

    private static IEnumerable<ITypeSymbol> Accumulators(IMethodSymbol method) => method.Parameters
        .Select(static parameter => parameter.Type)
        .OfType<INamedTypeSymbol>()
        .Where(static type => TypeNames.Definition(type) == "Weir.IAggregate")
        .Select(static type => type.TypeArguments[1]);

    // Verbs that keep state are made of what they keep. A result that says what it replaces is kept until it is replaced.
    private static IEnumerable<(ITypeSymbol Type, CodecNeed Need)> OfBoundary(IMethodSymbol method) =>
        !Verbs.StoresItsTypes(method) ? []
        : (method.ReducedFrom ?? method).Parameters is [{ Type.Name: StreamTypes.Retracting }, ..]
            ? method.TypeArguments.Select(static type => (type, CodecNeed.Stored))
            : method.TypeArguments.Select(static type => (type, CodecNeed.Passing));

    // What the processes and triggers keep that a verb is given.
    private IEnumerable<(ITypeSymbol Type, CodecNeed Need)> KeptBy(SyntaxNode call, IMethodSymbol method) =>
        call is InvocationExpressionSyntax invocation && Verbs.TakesKeepers(method)
            ? StateFields.KeepersIn(invocation, _semantics, _cancellation).SelectMany(static keeper =>
                StateFields.StoredBy(keeper, isClosed: false).Select(static one => one.Type)
                    .Concat(StateClassParser.TriggerState(keeper))
                    .Select(static type => (type, CodecNeed.Stored))
                    .Append((keeper, CodecNeed.Keeper)))
            : [];

    // What an aggregate keeps for a LINQ call: the record of First, the key of MinBy, the fold of Aggregate.
    private static ImmutableArray<ITypeSymbol> OfLinq(IMethodSymbol method) =>
        TypeNames.Definition(method.ContainingType) == "System.Linq.Enumerable" ? method.TypeArguments : [];

    private static IEnumerable<(ITypeSymbol Type, CodecNeed Need)> OfCodecs(IMethodSymbol method) =>
        method.Name is "ListState" && TypeNames.Definition(method.ContainingType) is "Weir.SourceContext" or "Weir.SinkContext"
            ? method.TypeArguments.Select(static type => (type, CodecNeed.Stored))
        : method.Name is "Of" or "Find" && TypeNames.Definition(method.ContainingType) == "Weir.Codecs"
            ? method.TypeArguments.Select(type => (type, method.Name == "Of" ? CodecNeed.Named : CodecNeed.Passing))
        : method.Name is "MessagePack" && TypeNames.Definition(method.ContainingType) == "Weir.RecordFormats"
            ? method.TypeArguments.Select(static type => (type, CodecNeed.Named))
            : [];

    private IEnumerable<StateTypeUse> OfHelper(SyntaxNode call, IMethodSymbol method)
    {
        var whole = method.GetConstructedReducedFrom() ?? method;
        var definition = whole.OriginalDefinition;
        if ((!whole.IsGenericMethod && whole.ContainingType is not { IsGenericType: true })
            || definition.DeclaringSyntaxReferences.Length == 0 || _outer.Count >= GreatestDepth || !StreamTypes.AreIn(definition))
        {
            return [];
        }

        var compilation = _semantics.Compilation;
        var arguments = TypeArguments.Of(whole, _arguments, compilation);
        var title = $"{definition.ToDisplayString()} {arguments}";
        return _outer.Contains(title) ? [] : definition.DeclaringSyntaxReferences
            .Select(reference => BodyReads.Noted(reference.GetSyntax(_cancellation)))
            .Where(declaration => compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            .SelectMany(declaration => new StateTypeReader(
                ModelOf(declaration.SyntaxTree), arguments, _at ?? call, _outer.Add(title), _cancellation)
                .Read(declaration));
    }

#pragma warning disable RS1030 // A helper may stand in another file.
    private SemanticModel ModelOf(SyntaxTree tree) => tree == _semantics.SyntaxTree ? _semantics
        : _semantics.Compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
