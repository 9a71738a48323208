using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What the parameters of a method or constructor are given in the whole project.</summary>
/// <param name="sources">The project.</param>
internal sealed class CallSites(Sources sources)
{
    /// <summary>The arguments for a parameter; its default, if it has one that can be named, is null and so no argument.</summary>
    public IEnumerable<IOperation> Arguments(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method)
        {
            yield break;
        }

        foreach (var node in Nodes(method))
        {
            sources.Cancellation.ThrowIfCancellationRequested();
            foreach (var argument in Given(node, method))
            {
                if (argument.Parameter is { } bound && bound.Ordinal == Ordinal(bound, parameter) && bound.Name == parameter.Name)
                {
                    yield return argument.Value;
                }
            }
        }
    }

    private static int Ordinal(IParameterSymbol bound, IParameterSymbol parameter) =>
        bound.ContainingSymbol is IMethodSymbol { ReducedFrom: not null } ? parameter.Ordinal - 1 : parameter.Ordinal;

    private IEnumerable<SyntaxNode> Nodes(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor
        ? sources.Calls(method.ContainingType.Name).Concat(sources.Calls(TreeIndex.TargetTyped))
        : sources.Calls(method.Name);

    private ImmutableArray<IArgumentOperation> Given(SyntaxNode node, IMethodSymbol method)
    {
        var operation = sources.Operation(node);
        var (target, arguments) = operation switch
        {
            IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        if (target is null && node is ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax
            && operation?.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault() is { } chained)
        {
            (target, arguments) = (chained.TargetMethod, chained.Arguments);
        }

        return target is not null
            && SymbolEqualityComparer.Default.Equals((target.ReducedFrom ?? target).OriginalDefinition, method.OriginalDefinition)
            ? arguments
            : [];
    }
}
