using System.Collections.Immutable;
using Weir.Runtime.Operators;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>Checkpoints that a subtask has cut but not yet acknowledged: all is written down but what its sinks still make durable.</summary>
internal sealed class SnapshotsUnderWay(IReadOnlyList<IStatefulOperator> operators)
{
    private readonly Queue<(CheckpointId Checkpoint, OperatorState?[] States)> _waiting = new();

    /// <summary>Writes down what every operator but the sinks remembers as of now.</summary>
    public void Begin(CheckpointId checkpoint)
    {
        var states = new OperatorState?[operators.Count];
        for (var i = 0; i < states.Length; i++)
        {
            if (operators[i] is not ISinkOperator)
            {
                var writer = new OperatorStateWriter(operators[i].Id);
                operators[i].Snapshot(writer);
                states[i] = writer.ToState();
            }
        }

        _waiting.Enqueue((checkpoint, states));
    }

    /// <summary>Takes the oldest whose sinks have pre-committed.</summary>
    public bool TryFinish(out CheckpointId checkpoint, out ImmutableArray<OperatorState> states)
    {
        states = [];
        checkpoint = default;
        if (!_waiting.TryPeek(out var oldest) || !operators.OfType<ISinkOperator>().All(sink => sink.IsPreCommitted(oldest.Checkpoint)))
        {
            return false;
        }

        _waiting.Dequeue();
        checkpoint = oldest.Checkpoint;
        for (var i = 0; i < operators.Count; i++)
        {
            if (operators[i] is ISinkOperator sink)
            {
                var writer = new OperatorStateWriter(sink.Id);
                sink.Snapshot(checkpoint, writer);
                oldest.States[i] = writer.ToState();
            }
        }

        states = [.. oldest.States.Select(state => state!)];
        return true;
    }
}
