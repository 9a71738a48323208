using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <content>Variables that may outlive the call.</content>
internal sealed partial class UnitReader
{
    private int _depth;

    private void ReadVariable(IOperation reference)
    {
        var (symbol, type) = reference switch
        {
            ILocalReferenceOperation { IsDeclaration: false } local => ((ISymbol)local.Local, local.Local.Type),
            IParameterReferenceOperation parameter => (parameter.Parameter, parameter.Parameter.Type),
            _ => (null, null),
        };
        if (symbol is null || _receivers.IsInside(symbol) || symbol is ILocalSymbol { IsConst: true })
        {
            return;
        }

        var (_, writes) = Access(reference);
        var owner = Receivers.IsOfHeader(symbol) ? Receiver.This : new(ReceiverKind.Outer, Local: symbol);
        Touch(reference, symbol, owner, writes ? StateUseKind.Write : StateUseKind.Read);
        if (HoldsFunctions(type) || IsLazy(type))
        {
            Held(reference);
        }
    }

    private static bool IsLazy(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && named.ContainingNamespace?.Name == "System" && named.Name == "Lazy";

    private void Touch(IOperation reference, ISymbol member, Receiver owner, StateUseKind kind)
    {
        if (member is IFieldSymbol field && IsOfThread(field))
        {
            Report(Rules.HiddenState, PlaceOf(reference.Syntax), member.Name, AmbientFamily.Cure);
            return;
        }

        // A static constructor makes the members of its type; nobody has seen them before.
        if (IsLocked(reference)
            || (_unit.Symbol is IMethodSymbol { MethodKind: MethodKind.StaticConstructor, ContainingType: { } made }
                && SymbolEqualityComparer.Default.Equals(made, member.ContainingType)))
        {
            return;
        }

        var use = RandomnessFamily.IsGenerator(reference.Type) && kind == StateUseKind.Read ? StateUseKind.Draw : kind;
        _facts.States.Add(new(member, owner, use, PlaceOf(use == StateUseKind.Draw && reference.Parent is IInvocationOperation call
            && call.Instance == reference ? call.Syntax : reference.Syntax)));
    }

    /// <summary>What an operation changes about the object that a variable holds.</summary>
    private void Use(IOperation holder, StateUseKind kind, SyntaxNode at)
    {
        switch (holder)
        {
            case IFieldReferenceOperation field when Sources.Has(field.Field):
                _facts.States.Add(new(field.Field, _receivers.Of(field.Instance), kind, PlaceOf(at)));
                break;
            case IPropertyReferenceOperation property when Sources.Has(property.Property):
                _facts.States.Add(new(property.Property, _receivers.Of(property.Instance), kind, PlaceOf(at)));
                break;
            case ILocalReferenceOperation local when !_receivers.IsInside(local.Local):
                _facts.States.Add(new(local.Local, new(ReceiverKind.Outer, Local: local.Local), kind, PlaceOf(at)));
                break;
            case ILocalReferenceOperation local when Locals.InitializerOf(local) is { } value && _depth < 3:
                _depth++;
                Use(MemberUse.Bare(value), kind, at);
                _depth--;
                break;
            case IParameterReferenceOperation parameter when !_receivers.IsInside(parameter.Parameter):
                _facts.States.Add(new(parameter.Parameter, new(ReceiverKind.Outer, Local: parameter.Parameter), kind, PlaceOf(at)));
                break;
            case IParameterReferenceOperation parameter when _receivers.Of(parameter).Kind == ReceiverKind.Parameter:
                _facts.States.Add(new(parameter.Parameter, _receivers.Of(parameter), kind, PlaceOf(at)));
                break;
            case IPropertyReferenceOperation { Instance: { } instance }:
                Use(MemberUse.Bare(instance), kind, at);
                break;
            case IArrayElementReferenceOperation element:
                Use(MemberUse.Bare(element.ArrayReference), kind, at);
                break;
            case IConditionalAccessInstanceOperation instance when Locals.AccessedBy(instance) is { } accessed:
                Use(MemberUse.Bare(accessed), kind, at);
                break;
        }
    }

    private static bool IsOfThread(IFieldSymbol field) => field.GetAttributes()
        .Any(static attribute => attribute.AttributeClass is { Name: "ThreadStaticAttribute" });

    // The lock is reported itself.
    private static bool IsLocked(IOperation reference) =>
        reference.Parent is ILockOperation
        || (reference.Parent is IConversionOperation { Parent: ILockOperation });

    // Whoever writes a member of a struct writes the variable that holds it.
    private static bool IsPart(IOperation operation, IOperation holder) =>
        holder.Type is { IsValueType: true }
        && operation is IFieldReferenceOperation or IPropertyReferenceOperation { Property.SetMethod.IsInitOnly: false }
        && ((IMemberReferenceOperation)operation).Instance == holder;

    /// <summary>Whether a reference reads its variable, and whether it writes it.</summary>
    private static (bool Reads, bool Writes) Access(IOperation reference)
    {
        var parent = reference.Parent;
        while (parent is not null && (parent is IParenthesizedOperation or ITupleOperation || IsPart(parent, reference)))
        {
            reference = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == reference => (assignment.IsRef, true),
            IDeconstructionAssignmentOperation assignment when assignment.Target == reference => (false, true),
            IAssignmentOperation assignment when assignment.Target == reference => (true, true),
            IIncrementOrDecrementOperation => (true, true),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref } => (true, true),
            IArgumentOperation { Parameter.RefKind: RefKind.Out } => (false, true),
            IAddressOfOperation => (true, true),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } } => (true, true),
            _ => (true, false),
        };
    }
}
