using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Sources;

/// <content>What a checkpoint holds of it, and what becomes of that.</content>
internal sealed partial class SourceOperator<T, TSplit>
{
    public IReadOnlyList<SchemaMember> Schemas => [new(Split, _codec.Schema), new(Board, _boardCodec.Schema), .. _lists.Schemas];

    public void Snapshot(OperatorStateWriter writer)
    {
        // A savepoint of a job that goes on is a copy: nobody is told that it is complete (semantics G4).
        if (!writer.IsSavepoint)
        {
            _cuts.Add(_newestCut, [.. _reading, .. _resting]);
        }

        foreach (var split in _reading.Concat(_resting))
        {
            writer.AddItem(_codec, split.State);
        }

        if (_subtask.Index == 0)
        {
            writer.AddShared(_boardCodec, _board.StateAt(_newestCut));
        }

        _lists.Write(writer);
    }

    public void Restore(OperatorState state)
    {
        Invariant.Holds(_reading.Count == 0, $"restore into {Id}, which already has splits");
        var splits = state.Forms.Reading(Split, _codec);
        var boards = state.Forms.Reading(Board, _boardCodec);
        foreach (var item in state.Items)
        {
            var split = splits.Decode(item);
            Check(split.Split);
            _reading.Add(new OwnedSplit<T, TSplit>(split));
        }

        foreach (var item in state.Shared)
        {
            var board = boards.Decode(item);
            foreach (var split in _search is null ? [] : board.Unread.Select(static unread => unread.Split).Concat(board.Sample))
            {
                Check(split);
            }

            _board.Restore(board);
        }

        _lists.Restore(state);
        _board.Hold(_subtask.Index, [.. _reading.Select(static split => split.Ordinal)]);
    }

    public void OnComplete(CheckpointId checkpoint)
    {
        foreach (var (split, offset) in _cuts.Take(checkpoint))
        {
            try
            {
                _lists.Enter();
                split.Reader?.OnCheckpointComplete(checkpoint, offset);
            }
            catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
            {
                throw OperatorFailure.Of(
                    Id, _subtask.Job.Name, _subtask.Index, $"confirming split '{split.Split}' up to offset {offset}", failure);
            }
            finally
            {
                _lists.Leave();
            }
        }
    }

    public void OnForget(CheckpointId checkpoint) => _cuts.Forget(checkpoint);

    private void Check(TSplit split)
    {
        if (_source.Refuse(split) is { } reason)
        {
            throw new PlanException(
                $"Operator '{Id}': the checkpoint holds the split '{split}', which {_source.Description} does not read: {reason}.");
        }
    }
}
