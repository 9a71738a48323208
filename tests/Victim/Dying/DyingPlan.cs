using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;
using Weir.Runtime.Running;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Victim.Dying;

/// <summary>A plan whose subtasks die beside the messages to and from the coordinator.</summary>
internal sealed class DyingPlan(ISubtaskPlan inner, FatalPoint fatal) : ISubtaskPlan
{
    public int DefaultKeyGroupCount => inner.DefaultKeyGroupCount;

    public IReadOnlyList<string> Sources => inner.Sources;

    public IReadOnlyList<ISubtask> Build(JobContext attempt, Mailbox<SubtaskReport> reports, StoredFolds folds)
    {
        var relayed = Relay.To<SubtaskReport>(report =>
        {
            var isAnswer = report is SubtaskReport.Acknowledged;
            if (isAnswer)
            {
                fatal.Pass(Failpoint.BeforeAcknowledge);
            }

            reports.Post(report);
            if (isAnswer)
            {
                fatal.Pass(Failpoint.AfterAcknowledge);
            }
        });
        return [.. inner.Build(attempt, relayed, folds).Select(subtask => new DyingSubtask(subtask, fatal))];
    }

    public ValueTask<OperatorState> ListSplitsAsync(string source, Action<string> warn, CancellationToken cancellation) =>
        inner.ListSplitsAsync(source, warn, cancellation);

    public ValueTask EndRunAsync(Exception? failure, Action<string> warn) => inner.EndRunAsync(failure, warn);
}
