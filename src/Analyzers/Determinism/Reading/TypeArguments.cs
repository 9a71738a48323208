using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Which types a type parameter stands for in the whole project.</summary>
/// <param name="sources">The project.</param>
internal sealed class TypeArguments(Sources sources)
{
    private const int MaxDepth = 4;

    public IEnumerable<INamedTypeSymbol> Of(ITypeParameterSymbol parameter, int depth = 0)
    {
        var name = parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.Constructor } method
            ? method.Name : parameter.ContainingType?.Name;
        foreach (var node in depth > MaxDepth || name is null ? [] : sources.Calls(name))
        {
            foreach (var given in Given(sources.Operation(node), parameter))
            {
                if (given is INamedTypeSymbol named)
                {
                    yield return named;
                }
                else if (given is ITypeParameterSymbol further && !SymbolEqualityComparer.Default.Equals(further, parameter))
                {
                    foreach (var type in Of(further, depth + 1))
                    {
                        yield return type;
                    }
                }
            }
        }
    }

    private static IEnumerable<ITypeSymbol> Given(IOperation? call, ITypeParameterSymbol parameter)
    {
        ISymbol? used = parameter.ContainingSymbol is IMethodSymbol ? (call as IInvocationOperation)?.TargetMethod
            : (call as IObjectCreationOperation)?.Type;
        var (definition, arguments) = used switch
        {
            IMethodSymbol method => ((ISymbol)(method.ReducedFrom ?? method).OriginalDefinition, method.TypeArguments),
            INamedTypeSymbol type => (type.OriginalDefinition, type.TypeArguments),
            _ => (null, default),
        };
        return definition is not null && SymbolEqualityComparer.Default.Equals(definition, parameter.ContainingSymbol.OriginalDefinition)
            && parameter.Ordinal < arguments.Length
            ? [arguments[parameter.Ordinal]]
            : [];
    }
}
