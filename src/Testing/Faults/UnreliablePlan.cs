using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;
using Weir.Runtime.Running;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Testing.Faults;

/// <summary>A plan whose subtasks sit behind bad lines.</summary>
/// <param name="inner">The plan itself.</param>
/// <param name="faults">Decides what becomes of messages.</param>
/// <param name="breaks">Puts a mistake into each subtask; null for none.</param>
/// <param name="maxLate">How many records an attempt may drop as late at most; null for any number.</param>
internal sealed class UnreliablePlan(
    ISubtaskPlan inner, FaultPlan faults, Func<ISubtask, ISubtask>? breaks, long? maxLate) : ISubtaskPlan
{
    public int DefaultKeyGroupCount => inner.DefaultKeyGroupCount;

    public IReadOnlyList<string> Sources => inner.Sources;

    public IReadOnlySet<string> OwnIds => inner.OwnIds;

    public IReadOnlyList<ISubtask> Build(JobContext attempt, Mailbox<SubtaskReport> reports, StoredFolds folds) =>
        [.. inner.Build(attempt, reports, folds).Select(subtask =>
            new UnreliableSubtask(breaks?.Invoke(subtask) ?? subtask, faults, maxLate ?? long.MaxValue))];

    public ValueTask<OperatorState> ListSplitsAsync(string source, Action<string> warn, CancellationToken cancellation) =>
        inner.ListSplitsAsync(source, warn, cancellation);

    public ValueTask EndRunAsync(Exception? failure, Action<string> warn) => inner.EndRunAsync(failure, warn);
}
