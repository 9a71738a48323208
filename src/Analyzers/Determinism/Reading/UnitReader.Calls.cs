using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers.Determinism.Reading;

/// <content>Calls of methods, constructors, properties and delegates.</content>
internal sealed partial class UnitReader
{
    private void ReadInvocation(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return;
        }

        var receiver = invocation.Instance is { } instance ? MemberUse.Bare(instance).Type : null;
        if (invocation is { ConstrainedToType: { } constrained, Instance: null })
        {
            receiver = constrained;
        }

        Call(method, receiver, invocation, invocation.IsVirtual
            || method.IsStatic, _receivers.Of(invocation.Instance), Arguments(invocation.Arguments, method));
        ReadHandedOver(method, invocation.Arguments);
        ReadCompared(invocation);
        if (AmbientFamily.Changes(method) && invocation.Instance is { } changed)
        {
            Use(MemberUse.Bare(changed), StateUseKind.Change, invocation.Syntax);
        }

        if (method is { Name: "Sort" or "Reverse" or "Fill" or "Clear" or "Copy", ContainingType: { } type }
            && MemberUse.FullName(type) == "System.Array"
            && invocation.Arguments.FirstOrDefault()?.Value is { } array)
        {
            Use(MemberUse.Bare(array), StateUseKind.Change, invocation.Syntax);
        }
    }

    private void ReadCreation(IMethodSymbol constructor, IObjectCreationOperation creation)
    {
        ReadHandedOver(constructor, creation.Arguments);
        if (!Sources.Has(constructor))
        {
            Kept(constructor.ContainingType);
        }

        Call(constructor, null, creation, false, Receiver.Fresh, Arguments(creation.Arguments, constructor));
    }

    private Receiver[] Arguments(IEnumerable<IArgumentOperation> arguments, IMethodSymbol method)
    {
        var shift = method.ReducedFrom is null ? 0 : 1;
        var receivers = new Receiver[method.Parameters.Length + shift];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                receivers[parameter.Ordinal + shift] = _receivers.Of(argument.Value);
            }
        }

        return receivers;
    }

    /// <summary>A use of a member: an edge to code of the project, or a question to the families.</summary>
    private void Call(
        IMethodSymbol method, ITypeSymbol? type, IOperation operation, bool isVirtual, Receiver receiver, IReadOnlyList<Receiver> arguments)
    {
        var known = Known(method, type);
        if (_project.Promises.IsDeterministic(method) || _project.Promises.IsDeterministic(known) || Judged(known, operation))
        {
            return;
        }

        foreach (var target in _project.Dispatch.Targets(method, type, isVirtual))
        {
            Edge(target, receiver, arguments);
        }
    }

    // Of an interface of a library, the method of the object that it is called on, where its type is known.
    private IMethodSymbol Known(IMethodSymbol method, ITypeSymbol? type) =>
        method.ContainingType is { TypeKind: TypeKind.Interface }
        && type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } known
        && !Sources.Has(method)
        && known.FindImplementationForInterfaceMember(method) is IMethodSymbol implementation ? implementation : method;

    /// <summary>Whether a member is reported for itself, so that nobody needs to look into it.</summary>
    private bool Judged(ISymbol member, IOperation operation)
    {
        if (_project.Promises.Find(member) is { } promise)
        {
            Report(promise.Rule, PlaceOf(operation.Syntax), NameOf(member), promise.Cure);
            return true;
        }

        foreach (var finding in _project.Promises.Summarized(member, Sources.Cancellation))
        {
            Report(finding.Rule, PlaceOf(operation.Syntax), $"{NameOf(member)} → {finding.Path}", Catalogue.Cure(finding.Rule));
        }

        var isOfLibrary = !Sources.Has(member);
        if (!isOfLibrary && member is IMethodSymbol { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } record } given
            && OfRecord(given, record) is { } ofRecord)
        {
            Report(ofRecord.Rule, PlaceOf(operation.Syntax), NameOf(member), ofRecord.Cure);
            return true;
        }

        if (member.ContainingType is null || (!isOfLibrary && !MemberUse.Is(member.ContainingType, "System.TimeProvider")))
        {
            return false;
        }

        var use = new MemberUse(member is IMethodSymbol { AssociatedSymbol: IPropertySymbol property } ? property : member, operation);
        var found = isOfLibrary ? Family.Find(use) ?? Catalogue.Shipped.Find(use)
            : ClockFamily.Has(use) ? (Rules.Clock, ClockFamily.Cure) : null;
        if (found is { } judgement)
        {
            Report(judgement.Rule, PlaceOf(operation.Syntax), NameOf(use.Member), judgement.Cure);
        }

        return found is not null;
    }

    // The compiler makes these of the members of a record.
    private static (DiagnosticDescriptor Rule, string Cure)? OfRecord(IMethodSymbol method, INamedTypeSymbol record) => method.Name switch
    {
        "GetHashCode" => (Rules.SaltedHash, HashFamily.Cure),
        "ToString" when CultureTypes.IsFormatted(record) => (Rules.Culture, CultureFamily.Cure),
        _ => null,
    };

    private void Edge(IMethodSymbol target, Receiver receiver, IReadOnlyList<Receiver> arguments)
    {
        if (target.MethodKind != MethodKind.LocalFunction && (!Sources.Has(target) || _project.Promises.IsDeterministic(target)))
        {
            return;
        }

        _facts.Calls.Add(new(CodeUnit.Of(target), receiver, arguments));
        if ((target.IsStatic || target.MethodKind == MethodKind.Constructor)
            && target.ContainingType.StaticConstructors is [{ IsImplicitlyDeclared: false } initializer]
            && target.MethodKind is not (MethodKind.StaticConstructor or MethodKind.LocalFunction))
        {
            _facts.Calls.Add(new(CodeUnit.Of(initializer), Receiver.Shared, []));
        }
    }

    private void ReadGroup(IMethodReferenceOperation reference)
    {
        var method = reference.Method;
        Call(
            method,
            reference.Instance is { } instance ? MemberUse.Bare(instance).Type : null,
            reference,
            reference.IsVirtual,
            _receivers.Of(reference.Instance),
            []);
    }

    private void ReadProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        var (reads, writes) = Access(reference);
        if (_project.Promises.IsDeterministic(property) || Judged(reads || property.SetMethod is not { } setter
            || Sources.Has(property) ? property : setter, reference))
        {
            return;
        }

        var type = reference.Instance is { } instance ? MemberUse.Bare(instance).Type : reference.ConstrainedToType;
        var receiver = _receivers.Of(reference.Instance);
        if (Sources.Has(property))
        {
            foreach (var accessor in new[] { reads ? property.GetMethod : null, writes
                ? property.SetMethod : null }.OfType<IMethodSymbol>())
            {
                foreach (var target in _project.Dispatch.Targets(accessor, type))
                {
                    Edge(target, receiver, writes ? [] : Arguments(reference.Arguments, accessor));
                }
            }

            if (AutomaticProperty.Is(property.OriginalDefinition))
            {
                ReadHeld(reference, property, receiver, reads, writes);
            }
        }
        else if (writes && property.IsIndexer && reference.Instance is { } changed)
        {
            Use(MemberUse.Bare(changed), StateUseKind.Change, reference.Syntax);
        }

        if (reads && HoldsFunctions(property.Type))
        {
            Held(reference);
        }

        if (property.Name == "Value" && MemberUse.FullName(property.ContainingType) == "System.Lazy")
        {
            Held(reference);
        }
    }

    private void ReadField(IFieldReferenceOperation reference)
    {
        if (_project.Promises.IsDeterministic(reference.Field) || Judged(reference.Field, reference))
        {
            return;
        }

        if (!Sources.Has(reference.Field) || reference.Field.IsConst)
        {
            // An item of a tuple may be a delegate.
            if (HoldsFunctions(reference.Type) && reference.Instance is not null)
            {
                Held(reference);
            }

            return;
        }

        var (reads, writes) = Access(reference);
        ReadHeld(reference, reference.Field, _receivers.Of(reference.Instance), reads, writes);
        if (reads && HoldsFunctions(reference.Type))
        {
            Held(reference);
        }
    }

    // A field, or a property that is one: its value may be written elsewhere, and comes from its initializer.
    private void ReadHeld(IMemberReferenceOperation reference, ISymbol member, Receiver receiver, bool reads, bool writes)
    {
        if (member.IsStatic && reads && !RandomnessFamily.IsGenerator(reference.Type))
        {
            _facts.Calls.Add(new(CodeUnit.OfInitializer(member), Receiver.Shared, []));
        }

        if (member.IsStatic && member.ContainingType.StaticConstructors is [{ IsImplicitlyDeclared: false } initializer])
        {
            _facts.Calls.Add(new(CodeUnit.Of(initializer), Receiver.Shared, []));
        }

        if (receiver.Kind != ReceiverKind.Fresh)
        {
            Touch(reference, member, receiver, writes ? StateUseKind.Write : StateUseKind.Read);
        }
    }

    // A function, or a collection of them.
    private static bool HoldsFunctions(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => true,
        IArrayTypeSymbol array => HoldsFunctions(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(static argument => argument.TypeKind == TypeKind.Delegate),
        _ => false,
    };

    // A delegate that was stored: whoever reads it is taken to run it.
    private void Held(IOperation reference)
    {
        foreach (var target in _project.Delegates.Resolve(reference))
        {
            if (target.Unit is { } unit)
            {
                _facts.Calls.Add(new(unit, Receiver.Shared, []));
            }
            else if (target is { Method: { } method, Group: { } group })
            {
                Judged(method, group);
            }
        }
    }

    private static string NameOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {member.ContainingType.Name}",
        IMethodSymbol { AssociatedSymbol: { } property } => NameOf(property),
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } =>
            $"operator of {member.ContainingType.Name}",
        IPropertySymbol { IsIndexer: true } => $"{member.ContainingType.Name}[]",
        _ => $"{member.ContainingType.Name}.{member.Name}",
    };
}
