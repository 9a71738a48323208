using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Telemetry;

namespace Weir.Victim.Dying;

/// <summary>A subtask whose process dies before it is told that a checkpoint exists.</summary>
internal sealed class DyingSubtask(ISubtask inner, FatalPoint fatal) : ISubtask
{
    public SubtaskId Id => inner.Id;

    public string Name => inner.Name;

    public string ChainName => inner.ChainName;

    public bool HasSource => inner.HasSource;

    public Mailbox<SubtaskCommand> Commands { get; } = Relay.To<SubtaskCommand>(command =>
    {
        if (command is SubtaskCommand.Complete)
        {
            fatal.Pass(Failpoint.BeforeNotification);
        }

        inner.Commands.Post(command);
    });

    public IReadOnlyList<IStatefulOperator> Operators => inner.Operators;

    public SubtaskCounters Counters => inner.Counters;

    public Action? Wake
    {
        set => inner.Wake = value;
    }

    public IReadOnlyList<string> InputEdges => inner.InputEdges;

    public IReadOnlyList<IInFlight> InFlight => inner.InFlight;

    public void Restore(IReadOnlyDictionary<string, OperatorState> operators) => inner.Restore(operators);

    public void RestoreInFlight(RestoredInFlight inFlight) => inner.RestoreInFlight(inFlight);

    public ValueTask RecoverAsync(CancellationToken cancellation) => inner.RecoverAsync(cancellation);

    public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => inner.CleanUpAsync(recovery, cancellation);

    public StepResult Step() => inner.Step();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
