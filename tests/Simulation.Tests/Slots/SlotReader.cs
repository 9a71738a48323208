using Weir.PostgreSql.Changes;
using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests.Slots;

/// <summary>
/// Reads a slot: fetches on the work pool, and has it confirm what complete checkpoints hold. The place is kept by the real code: <see
/// cref="LogPlace"/>.
/// </summary>
internal sealed class SlotReader(
    LogConnection log, string slot, Offset from, int ahead, SlotBreakage breakage, SourceContext context) : ISplitReader<Flight>
{
    private readonly Queue<Delivery<Flight>> _fetched = [];
    private readonly LogPlace _place = new(from);
    private Offset _next = from;
    private long _confirmed;
    private long _received;
    private bool _isFetching;
    private bool _hasAll;

    public Offset Offset
    {
        get
        {
            var received = _received;
            if (_fetched.Count == 0)
            {
                _place.FollowTo(received);
            }

            return _place.Offset;
        }
    }

    public ReadStatus Read(Batch<Flight> batch)
    {
        while (!batch.IsFull && _fetched.TryDequeue(out var next))
        {
            _place.Take(next.Behind);
            if (next.HasRecord)
            {
                batch.Add(next.Record);
            }
        }

        if (breakage == SlotBreakage.ConfirmsWhatItHandsOut)
        {
            Confirm(Offset.Value);
        }

        if (_fetched.Count > 0)
        {
            return ReadStatus.Available;
        }

        if (_hasAll)
        {
            return ReadStatus.EndForNow;
        }

        Fetch();
        return ReadStatus.Pending;
    }

    public void OnCheckpointComplete(CheckpointId checkpoint, Offset offset) => Confirm(
        breakage == SlotBreakage.ConfirmsBehindTheTransaction && offset.Within > 0 ? offset.Value + 1 : offset.Value);

    public void Dispose()
    {
    }

    private void Fetch()
    {
        if (_isFetching)
        {
            return;
        }

        _isFetching = true;
        context.Background($"reading slot '{slot}'", _ =>
        {
            var start = LogPlace.Resume(_next, _confirmed);
            Take(log.Call("read log", it => it.Send(slot, start.Value, ahead)), start);
            _isFetching = false;
            context.Wake();
            return ValueTask.CompletedTask;
        });
    }

    private void Take(SentLog sent, Offset start)
    {
        foreach (var transaction in sent.Transactions)
        {
            // What was delivered of the transaction that the checkpoint was in the middle of is not new.
            var isOld = transaction.Place == start.Value && breakage != SlotBreakage.ForgetsWhatWasDelivered;
            for (var i = isOld ? (int)start.Within : 0; i < transaction.Changes.Count; i++)
            {
                _fetched.Enqueue(new(new Offset(transaction.Place) { Within = i + 1 }, true, transaction.Changes[i]));
            }

            _fetched.Enqueue(new(new Offset(transaction.End), false, null!));
        }

        _next = new Offset(sent.Received);
        _received = sent.Received;
        _hasAll = sent.IsAll;
    }

    private void Confirm(long place)
    {
        if (place <= _confirmed)
        {
            return;
        }

        _confirmed = place;
        context.Background($"confirming slot '{slot}'", _ =>
        {
            try
            {
                log.Call("confirm", it => it.Confirm(slot, place));
            }
            catch (IOException)
            {
                // It is said again by the next checkpoint.
            }

            return ValueTask.CompletedTask;
        });
    }
}
