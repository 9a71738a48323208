using Weir.Runtime;
using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Telemetry;

namespace Weir.Testing.Faults;

/// <summary>
/// A subtask behind a bad line: news of completed checkpoints is lost, repeated or late on its way. After each step it is looked at.
/// </summary>
/// <param name="inner">The subtask itself.</param>
/// <param name="faults">Decides.</param>
/// <param name="maxLate">How many records it may drop as late.</param>
internal sealed class UnreliableSubtask(ISubtask inner, FaultPlan faults, long maxLate) : ISubtask
{
    // What a step makes has a bound, whatever the channels hold: a subtask that keeps more goes on although it should not. A batch and what
    // goes with it, to each of a few receivers; and the barriers of checkpoints that expired meanwhile.
    private const int MaxUnsent = 256;

    private long _watermark = long.MinValue;
    private readonly List<(SubtaskCommand Command, int StepsLeft)> _late = [];

    public SubtaskId Id => inner.Id;

    public string Name => inner.Name;

    public string ChainName => inner.ChainName;

    public bool HasSource => inner.HasSource;

    public Mailbox<SubtaskCommand> Commands { get; } = new();

    public IReadOnlyList<IStatefulOperator> Operators => inner.Operators;

    public SubtaskCounters Counters => inner.Counters;

    public Action? Wake
    {
        set
        {
            Commands.Posted = value;
            inner.Wake = value;
        }
    }

    public void Restore(IReadOnlyDictionary<string, OperatorState> operators) => inner.Restore(operators);

    public IReadOnlyList<string> InputEdges => inner.InputEdges;

    public IReadOnlyList<IInFlight> InFlight => inner.InFlight;

    public void RestoreInFlight(RestoredInFlight inFlight) => inner.RestoreInFlight(inFlight);

    public ValueTask RecoverAsync(CancellationToken cancellation) => inner.RecoverAsync(cancellation);

    public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => inner.CleanUpAsync(recovery, cancellation);

    public StepResult Step()
    {
        while (Commands.TryTake(out var command))
        {
            Deliver(command);
        }

        for (var i = 0; i < _late.Count;)
        {
            var (command, stepsLeft) = _late[i];
            if (stepsLeft > 0)
            {
                _late[i++] = (command, stepsLeft - 1);
            }
            else
            {
                _late.RemoveAt(i);
                inner.Commands.Post(command);
            }
        }

        var result = inner.Step();
        Check();
        if (!result.IsIdle || _late.Count == 0)
        {
            return result;
        }

        // Late news is still under way: an idle subtask must look again. It comes sooner then: somebody who is always ready keeps the clock
        // from running on to what all others wait for.
        for (var i = 0; i < _late.Count; i++)
        {
            _late[i] = (_late[i].Command, _late[i].StepsLeft / 2);
        }

        return StepResult.Progress;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public override string? ToString() => inner.ToString();

    private void Check()
    {
        var counters = inner.Counters;
        var (last, now) = (_watermark, counters.Watermark);
        Invariant.Holds(now >= last, "a watermark went back");
        _watermark = now;
        Invariant.Holds(counters.Late <= maxLate, "records were dropped as late that were not");
        Invariant.Holds(inner is not Subtask { Unsent: > MaxUnsent }, "elements are held for which the channels have no room");
    }

    private void Deliver(SubtaskCommand command)
    {
        var fault = command is SubtaskCommand.Complete ? faults.AtNotification() : null;
        switch (fault)
        {
            case SimulatedFault.NotificationLost:
                break;
            case SimulatedFault.NotificationRepeated:
                inner.Commands.Post(command);
                _late.Add((command, faults.DelaySteps()));
                break;
            case SimulatedFault.NotificationDelayed:
                _late.Add((command, faults.DelaySteps()));
                break;
            default:
                inner.Commands.Post(command);
                break;
        }
    }
}
