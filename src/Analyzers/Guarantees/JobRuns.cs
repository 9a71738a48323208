using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Guarantees;

/// <summary>Which jobs of a method are run, and which of them with exactly once.</summary>
/// <param name="operations">All operations of the method.</param>
internal sealed class JobRuns(IOperation[] operations)
{
    private const int MaxDepth = 64;
    private const int ExactlyOnce = 2;

    private HashSet<ISymbol>? _spared;

    public static bool IsAsking(IOperation operation) =>
        operation is ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation { Property: { Name: "Guarantee", ContainingType: { } type } },
            Value.ConstantValue: { HasValue: true, Value: ExactlyOnce },
        }
        && MemberUse.FullName(type) == "Weir.JobOptions";

    /// <summary>Whether a call belongs to a job that is run here, and not with exactly once.</summary>
    public bool IsSpared(IInvocationOperation call) => JobOf(call) is { } job && (_spared ??= Spared()).Contains(job);

    private HashSet<ISymbol> Spared()
    {
        var asked = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var run = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var call in operations.OfType<IInvocationOperation>())
        {
            var options = call.Arguments.FirstOrDefault(static argument => MemberUse.Is(argument.Parameter?.Type, "Weir.JobOptions"));
            if (options is not null && JobOf(call) is { } job)
            {
                (IsAsked(options.Value) ? asked : run).Add(job);
            }
        }

        run.ExceptWith(asked);
        return run;
    }

    private bool IsAsked(IOperation options)
    {
        var value = MemberUse.Bare(options);
        if (value.DescendantsAndSelf().Any(IsAsking))
        {
            return true;
        }

        return value is ILocalReferenceOperation local
            && ((Locals.InitializerOf(local) is { } made && made.DescendantsAndSelf().Any(IsAsking))
                || operations.Any(operation => IsAsking(operation)
                    && operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } }
                    && MemberUse.Bare(owner) is ILocalReferenceOperation other
                    && SymbolEqualityComparer.Default.Equals(other.Local, local.Local)));
    }

    // The variable that holds the job: what the call is made on, or is given, at the beginning of its chain.
    private static ILocalSymbol? JobOf(IInvocationOperation call)
    {
        IOperation? value = call;
        for (var depth = 0; depth < MaxDepth && value is IInvocationOperation outer; depth++)
        {
            value = outer.Instance is { } instance ? MemberUse.Bare(instance)
                : outer.Arguments.FirstOrDefault() is { } first ? MemberUse.Bare(first.Value) : null;
        }

        return (value as ILocalReferenceOperation)?.Local;
    }
}
