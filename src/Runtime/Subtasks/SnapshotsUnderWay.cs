using System.Collections.Immutable;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>Checkpoints that a subtask has cut but not yet acknowledged: what its operators put aside is being encoded, what its sinks were given made durable.</summary>
internal sealed class SnapshotsUnderWay(IReadOnlyList<IStatefulOperator> operators, IWorkPool pool)
{
    private readonly Queue<(CheckpointId Checkpoint, Func<OperatorState?>[] States)> _waiting = new();

    /// <summary>Puts aside what every operator remembers as of now. Sinks are asked when they have pre-committed.</summary>
    public void Begin(CheckpointId checkpoint) => _waiting.Enqueue((checkpoint, [.. operators.Select(stateful => Begin(stateful, checkpoint))]));

    /// <summary>Takes the oldest of which everything is there.</summary>
    public bool TryFinish(out CheckpointId checkpoint, out ImmutableArray<OperatorState> states)
    {
        states = [];
        checkpoint = default;
        if (!_waiting.TryPeek(out var oldest) || !operators.OfType<ISinkOperator>().All(sink => sink.IsPreCommitted(oldest.Checkpoint)))
        {
            return false;
        }

        var found = ImmutableArray.CreateBuilder<OperatorState>(operators.Count);
        for (var i = 0; i < operators.Count; i++)
        {
            if (oldest.States[i]() is not { } state)
            {
                return false;
            }

            // A sink's state is asked for once: keep it, should a later operator not be ready.
            oldest.States[i] = () => state;
            found.Add(state);
        }

        _waiting.Dequeue();
        checkpoint = oldest.Checkpoint;
        states = found.MoveToImmutable();
        return true;
    }

    private Func<OperatorState?> Begin(IStatefulOperator stateful, CheckpointId checkpoint)
    {
        var writer = new OperatorStateWriter(stateful.Id);
        if (stateful is ISinkOperator sink)
        {
            return () =>
            {
                sink.Snapshot(checkpoint, writer);
                return writer.ToState();
            };
        }

        stateful.Snapshot(writer);
        if (!writer.IsUnfinished)
        {
            var state = writer.ToState();
            return () => state;
        }

        var encoding = pool.Run($"encoding {stateful.Id} for {checkpoint}", _ => ValueTask.FromResult(writer.ToState()));
        return () => encoding.IsDone ? encoding.Result : null;
    }
}
