using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Telemetry;

namespace Weir.Simulation.Tests.Broken;

/// <summary>A subtask with a mistake in what it passes on: the simulator must find it.</summary>
internal abstract class BrokenSubtask(ISubtask inner) : ISubtask
{
    public SubtaskId Id => inner.Id;

    public string Name => inner.Name;

    public bool HasSource => inner.HasSource;

    public virtual Mailbox<SubtaskCommand> Commands => inner.Commands;

    public IReadOnlyList<IStatefulOperator> Operators => inner.Operators;

    public SubtaskCounters Counters => inner.Counters;

    public IReadOnlyList<string> InputEdges => inner.InputEdges;

    public IReadOnlyList<IInFlight> InFlight => inner.InFlight;

    public string ChainName => inner.ChainName;

    public virtual Action? Wake
    {
        set => inner.Wake = value;
    }

    public virtual void Restore(IReadOnlyDictionary<string, OperatorState> operators) => inner.Restore(operators);

    public virtual void RestoreInFlight(RestoredInFlight inFlight) => inner.RestoreInFlight(inFlight);

    public virtual ValueTask RecoverAsync(CancellationToken cancellation) => inner.RecoverAsync(cancellation);

    public virtual ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) =>
        inner.CleanUpAsync(recovery, cancellation);

    public virtual StepResult Step() => inner.Step();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
