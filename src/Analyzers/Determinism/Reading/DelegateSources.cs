using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Which code a delegate may hold, by following where its value comes from.</summary>
/// <param name="sources">The project.</param>
/// <param name="dispatch">Which methods a method group may be.</param>
internal sealed class DelegateSources(Sources sources, Dispatch dispatch)
{
    private const int MaxDepth = 12;

    private readonly Dictionary<ISymbol, IReadOnlyList<DelegateTarget>> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);

    /// <summary>What a value of a delegate type may run.</summary>
    public IEnumerable<DelegateTarget> Resolve(IOperation? operation, int depth = 0)
    {
        if (operation is null || depth > MaxDepth)
        {
            return [];
        }

        IEnumerable<DelegateTarget> Then(params IOperation?[] parts) => parts.SelectMany(part => Resolve(part, depth + 1));
        return operation switch
        {
            IDelegateCreationOperation creation => Then(creation.Target),
            IConversionOperation conversion => Then(conversion.Operand),
            IParenthesizedOperation inner => Then(inner.Operand),
            IAnonymousFunctionOperation lambda => [new(CodeUnit.Of(lambda.Syntax), null, null)],
            IMethodReferenceOperation reference => Group(reference),
            IConditionalOperation choice => Then(choice.WhenTrue, choice.WhenFalse),
            ICoalesceOperation coalesce => Then(coalesce.Value, coalesce.WhenNull),
            ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => Resolve(arm.Value, depth + 1)),
            IBinaryOperation both => Then(both.LeftOperand, both.RightOperand),
            IAssignmentOperation assignment => Then(assignment.Value),
            ILocalReferenceOperation local => Of(local.Local, depth),
            IFieldReferenceOperation field => sources.Has(field.Field) ? Of(field.Field, depth) : Within(field.Instance, depth),
            IPropertyReferenceOperation { Property.IsIndexer: true } element => Within(element.Instance, depth),
            IPropertyReferenceOperation property => sources.Has(property.Property) && !property.Property.ContainingType.IsAnonymousType
                ? Of(property.Property, depth) : Within(property.Instance, depth),
            IParameterReferenceOperation parameter => Of(parameter.Parameter, depth),
            IEventReferenceOperation raised => Of(raised.Event, depth),
            IArrayElementReferenceOperation element => Within(element.ArrayReference, depth),
            IInvocationOperation call => Answered(call, depth),
            IConditionalAccessOperation access => Then(access.WhenNotNull),
            IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation or ITupleOperation
                or IAnonymousObjectCreationOperation => Within(operation, depth),
            _ => [],
        };
    }

    private IEnumerable<DelegateTarget> Group(IMethodReferenceOperation reference) => dispatch
        .Targets(reference.Method, reference.Instance is { } instance ? MemberUse.Bare(instance).Type : null, reference.IsVirtual)
        .Select(method => new DelegateTarget(sources.Has(method) ? CodeUnit.Of(method) : null, method, reference));

    // All functions that stand in an expression, for collections and objects that hold delegates.
    private IEnumerable<DelegateTarget> Within(IOperation? holder, int depth)
    {
        if (holder is null || depth > MaxDepth)
        {
            return [];
        }

        var bare = MemberUse.Bare(holder);
        if (bare is ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation)
        {
            return Symbol(bare) is { } symbol ? Values(symbol).SelectMany(value => Within(value, depth + 1)) : [];
        }

        return bare.DescendantsAndSelf().OfType<IDelegateCreationOperation>()
            .Where(creation => !IsInFunction(creation))
            .SelectMany(creation => Resolve(creation.Target, depth + 1))
            .Concat(bare.DescendantsAndSelf()
                .Where(inner => inner is ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
                    && inner.Type?.TypeKind == TypeKind.Delegate && !IsInFunction(inner))
                .SelectMany(inner => Resolve(inner, depth + 1)));

        bool IsInFunction(IOperation inner)
        {
            for (var outer = inner.Parent; outer is not null && outer != bare.Parent; outer = outer.Parent)
            {
                if (outer is IAnonymousFunctionOperation)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static ISymbol? Symbol(IOperation reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation member => member.Member,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private IEnumerable<DelegateTarget> Answered(IInvocationOperation call, int depth)
    {
        var called = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (!sources.Has(called) && called.MethodKind != MethodKind.LocalFunction)
        {
            return call.Arguments.Select(static argument => argument.Value).Concat(call.Instance is { } instance ? [instance] : [])
                .Where(static value => MemberUse.Bare(value).Type?.TypeKind == TypeKind.Delegate || value is IDelegateCreationOperation)
                .SelectMany(value => Resolve(value, depth + 1));
        }

        return dispatch.Targets(called, call.Instance is { } receiver ? MemberUse.Bare(receiver).Type : null, call.IsVirtual)
            .SelectMany(target => Of(target.OriginalDefinition, depth));
    }

    private IEnumerable<DelegateTarget> Of(ISymbol symbol, int depth)
    {
        var definition = symbol.OriginalDefinition;
        if (_known.TryGetValue(definition, out var known))
        {
            return known;
        }

        if (!_open.Add(definition))
        {
            return [];
        }

        DelegateTarget[] targets;
        try
        {
            targets = [.. Values(definition).SelectMany(value => Resolve(value, depth + 1)).Distinct()];
        }
        finally
        {
            _open.Remove(definition);
        }

        return depth == 0 || targets.Length > 0 ? _known[definition] = targets : targets;
    }

    /// <summary>The expressions whose values a variable or property may hold, or a method may answer.</summary>
    private IEnumerable<IOperation> Values(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => new Bodies(sources).Of(CodeUnit.Of(method)).SelectMany(Answers),
        IParameterSymbol parameter => new CallSites(sources).Arguments(parameter),
        _ => new Assignments(sources).Values(symbol),
    };

    private static IEnumerable<IOperation> Answers(IOperation body) => body is IReturnOperation or IBlockOperation or IMethodBodyOperation
            or ILocalFunctionOperation
        ? body.DescendantsAndSelf()
            .OfType<IReturnOperation>()
            .Where(answer => !IsOfInner(answer, body))
            .Select(static answer => answer.ReturnedValue)
            .OfType<IOperation>()
        : [body];

    private static bool IsOfInner(IOperation answer, IOperation body)
    {
        for (var outer = answer.Parent; outer is not null && outer != body; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a delegate may run: code of the project, or a method of a library.</summary>
/// <param name="Unit">The code; null for a method of a library.</param>
/// <param name="Method">The method; null for a lambda.</param>
/// <param name="Group">Where the method was named; null for a lambda.</param>
internal sealed record DelegateTarget(CodeUnit? Unit, IMethodSymbol? Method, IMethodReferenceOperation? Group);
