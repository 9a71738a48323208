using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Where the objects come from that a unit of code works on.</summary>
/// <param name="unit">The unit.</param>
internal sealed class Receivers(CodeUnit unit)
{
    private const int MaxDepth = 8;

    public Receiver Of(IOperation? operation, int depth = 0)
    {
        if (operation is null)
        {
            return Receiver.Shared;
        }

        if (depth > MaxDepth)
        {
            return Receiver.Fresh;
        }

        return MemberUse.Bare(operation) switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => Receiver.This,
            IParameterReferenceOperation parameter => OfParameter(parameter.Parameter),
            ILocalReferenceOperation local when !IsInside(local.Local) => new(ReceiverKind.Outer, Local: local.Local),
            ILocalReferenceOperation local => Locals.InitializerOf(local) is { } value ? Of(value, depth + 1) : Receiver.Fresh,
            IFieldReferenceOperation field => field.Instance is null ? Receiver.Shared : Of(field.Instance, depth + 1),
            IPropertyReferenceOperation property => property.Instance is null ? Receiver.Shared : Of(property.Instance, depth + 1),
            IArrayElementReferenceOperation element => Of(element.ArrayReference, depth + 1),
            IConditionalAccessInstanceOperation instance when Locals.AccessedBy(instance) is { } accessed => Of(accessed, depth + 1),
            IConditionalAccessOperation access => Of(access.WhenNotNull, depth + 1),
            ICoalesceOperation coalesce => Of(coalesce.Value, depth + 1),
            IConditionalOperation choice => Of(choice.WhenTrue, depth + 1),
            IAssignmentOperation assignment => Of(assignment.Target, depth + 1),
            _ => Receiver.Fresh,
        };
    }

    /// <summary>Whether a variable is declared by the unit itself.</summary>
    public bool IsInside(ISymbol variable)
    {
        if (IsGiven(variable))
        {
            return true;
        }

        for (var outer = variable.ContainingSymbol; outer is not null; outer = outer.ContainingSymbol)
        {
            if (unit.Symbol is not null && SymbolEqualityComparer.Default.Equals(outer, unit.Symbol))
            {
                return true;
            }
        }

        var scope = unit.Lambda ?? unit.Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return scope is not null
            && variable.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == scope.SyntaxTree && scope.Span.Contains(part.Span))
            && !IsOfPrimaryConstructor(variable);
    }

    // The record of a query's clause, or the object that an extension is called on: each call has its own.
    private static bool IsGiven(ISymbol variable) => variable is IParameterSymbol parameter
        && (parameter.ContainingSymbol is INamedTypeSymbol
            || (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
                && !parameter.DeclaringSyntaxReferences.Any(static part => part.GetSyntax() is ParameterSyntax)));

    private Receiver OfParameter(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, unit.Symbol) ? new(ReceiverKind.Parameter, parameter.Ordinal)
        : IsOfPrimaryConstructor(parameter) ? Receiver.This
        : IsInside(parameter) ? Receiver.Fresh
        : new(ReceiverKind.Outer, Local: parameter);

    /// <summary>Whether a variable is a parameter of the constructor that stands in a type's header.</summary>
    public static bool IsOfHeader(ISymbol variable) =>
        variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && constructor.DeclaringSyntaxReferences.Any(static part => part.GetSyntax() is TypeDeclarationSyntax);

    // Members use it as a field in all but name.
    private bool IsOfPrimaryConstructor(ISymbol variable) =>
        variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
        && !SymbolEqualityComparer.Default.Equals(constructor, unit.Symbol);
}
