using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Whether a method of the project asks for the order of a sequence that it is given.</summary>
/// <param name="sources">The project.</param>
internal sealed class OrderOfParameters(Sources sources)
{
    private const int MaxDepth = 4;

    public bool Matters(IParameterSymbol parameter, int depth = 0) =>
        depth <= MaxDepth
        && parameter.OriginalDefinition is { ContainingSymbol: IMethodSymbol method } definition
        && new Bodies(sources).Of(CodeUnit.Of(method))
            .SelectMany(static body => body.DescendantsAndSelf())
            .OfType<IParameterReferenceOperation>()
            .Any(use => SymbolEqualityComparer.Default.Equals(use.Parameter, definition) && IsAsked(use, depth));

    private bool IsAsked(IOperation sequence, int depth) => Locals.Above(sequence) switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } argument => IsAskedBy(call, argument, depth),
        IForEachLoopOperation loop => !OrderEscape.IsFree(loop),
        IReturnOperation => sequence.Type is not INamedTypeSymbol { TypeKind: TypeKind.Interface },
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } declarator } =>
            !Locals.Uses(declarator, local).Any(Locals.IsSorted) && Locals.Uses(declarator, local).Any(use => IsAsked(use, depth + 1)),
        _ => false,
    };

    private bool IsAskedBy(IInvocationOperation call, IArgumentOperation argument, int depth)
    {
        if (OrderFamily.IsSequence(call.TargetMethod))
        {
            return argument.Parameter is { Ordinal: 0 }
                && (OrderFamily.AsksForOrder(call)
                    || (OrderFamily.HandsOn(call.TargetMethod) && depth <= MaxDepth && IsAsked(call, depth + 1)));
        }

        return call.TargetMethod is { ContainingType.SpecialType: SpecialType.System_String, Name: "Join" or "Concat" }
            || (argument.Parameter is { } parameter && sources.Has(call.TargetMethod) && Matters(parameter, depth + 1));
    }
}
