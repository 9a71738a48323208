using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Channels;

/// <summary>Sends each record to the subtask that owns its key group, gathered into batches.</summary>
internal sealed class HashExchange<T> : KeyExchange<T>, IOutput, ICounted
{
    private readonly Channel<T>[] _channels;
    private readonly Broadcast<T> _all;
    private readonly Flow _flow;
    private readonly SentInFlight<T> _inFlight;
    private readonly Batch<T>?[] _gathered;
    private readonly int _keyGroupCount;
    private readonly bool _isTimed;
    private readonly RecordSizes<T> _sizes = new();
    private readonly long[] _bytes;
    private readonly long _capacityBytes;

    // By key group: a look instead of two divisions a record.
    private readonly int[] _receivers;
    private RecordCounter[] _counted = [];

    /// <summary>Makes the sending end in one subtask.</summary>
    /// <param name="channels">One for each receiver.</param>
    /// <param name="keyGroupCount">The number of key groups of the job.</param>
    /// <param name="isTimed">Whether records have event times.</param>
    /// <param name="capacityBytes">About the most bytes of a batch: the record that goes beyond is its last.</param>
    /// <param name="counters">Where the newest watermark is shown.</param>
    /// <param name="flow">Told when a channel is full.</param>
    /// <param name="inFlight">What barriers overtake here.</param>
    public HashExchange(
        Channel<T>[] channels,
        int keyGroupCount,
        bool isTimed,
        long capacityBytes,
        SubtaskCounters counters,
        Flow flow,
        SentInFlight<T> inFlight)
    {
        _inFlight = inFlight;
        _channels = channels;
        _all = new Broadcast<T>(channels, counters, flow);
        _flow = flow;
        _gathered = new Batch<T>?[channels.Length];
        _keyGroupCount = keyGroupCount;
        _isTimed = isTimed;
        _bytes = new long[channels.Length];
        _capacityBytes = capacityBytes;
        _receivers = [.. Enumerable.Range(0, keyGroupCount).Select(group => KeyGroups.SubtaskOf(group, keyGroupCount, channels.Length))];
    }

    public Action? Wake
    {
        set => _all.Wake = value;
    }

    public void CountBy(RecordCounter counter) => _counted = [.. _counted, counter];

    public override void Add(in T value, long time, uint stableHash)
    {
        var receiver = _receivers[KeyGroups.Of(stableHash, _keyGroupCount)];
        var batch = _gathered[receiver] ??= _channels[receiver].Rent();
        if (_isTimed)
        {
            batch.Add(value, time);
        }
        else
        {
            batch.Add(value);
        }

        if (batch.IsFull || IsHeavy(receiver, value))
        {
            Send(receiver, batch);
        }
    }

    public override void Flush()
    {
        for (var receiver = 0; receiver < _gathered.Length; receiver++)
        {
            if (_gathered[receiver] is { } batch)
            {
                Send(receiver, batch);
            }
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        Flush();
        _all.Send(watermark);
    }

    public override void OnIdle(bool isIdle)
    {
        Flush();
        _all.Send(StreamElement<T>.OfIdle(isIdle));
    }

    public void OnBarrier(Barrier barrier)
    {
        Flush();
        _all.Send(barrier);
    }

    public IInFlight? InFlight => _inFlight;

    public void OnForget(CheckpointId checkpoint) => _inFlight.Forget(checkpoint);

    public void OnCaughtUp()
    {
        Flush();
        _all.Send(StreamElement<T>.CaughtUp);
    }

    public void OnEnd()
    {
        Flush();
        _all.Send(StreamElement<T>.End);
    }

    public ChannelLoad Load => _all.Load;

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);

    // Records without references all have the same size: batches of them are bounded by their number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsHeavy(int receiver, in T value) => !RecordSizes<T>.IsFixed && (_bytes[receiver] += _sizes.Of(value)) >= _capacityBytes;

    private void Send(int receiver, Batch<T> batch)
    {
        var bytes = RecordSizes<T>.IsFixed ? _sizes.Of(batch) : _bytes[receiver];
        foreach (var counter in _counted)
        {
            counter.Add(batch.Count);
        }

        _gathered[receiver] = null;
        _bytes[receiver] = 0;
        if (!_channels[receiver].Write(StreamElement<T>.Of(batch, bytes)))
        {
            _flow.Close();
        }
    }
}
