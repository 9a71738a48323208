using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>Takes in what a checkpoint held in flight in front of a subtask, in the order of each channel, before anything else.</summary>
/// <remarks>
/// <para>With another parallelism a subtask takes over records of several old ones, whose gates may have been at different watermarks. The
/// one that is furthest behind goes on first: so each record is taken in at the watermark that its own gate would have had, and the same
/// records are late as without a failure. Watermarks and idle marks go to all who take over records of a gate.</para>
/// <para>What the new senders will send was promised by the old ones all together, not by each: who reads a split that nobody had begun is
/// decided anew. So a watermark is passed on only if all old senders have promised it. A gate that read all of them knows; gates that read
/// one sender each know together.</para>
/// </remarks>
internal sealed class Replay<T>
{
    private readonly RestoredGate<T>[] _gates;
    private readonly Watermark _mostOfOthers;
    private readonly Receiver<T> _next;
    private bool _isIdle;
    private Watermark _passed = Watermark.None;
    private bool _hasBegun;

    private Replay(RestoredGate<T>[] gates, Watermark mostOfOthers, Receiver<T> next)
    {
        _gates = gates;
        _mostOfOthers = mostOfOthers;
        _next = next;
    }

    /// <summary>Gets a value indicating whether channels carry on what those of the same place did.</summary>
    public bool IsOfSameShape { get; private init; }

    /// <summary>What one subtask has to take in; null if that is nothing.</summary>
    public static Replay<T>? Of(RestoredInFlight stored, GateParts<T> parts)
    {
        var old = stored.Received.Count;
        var states = stored.Received.Select(state => GateState.Read(InFlightMarkCodec.Instance.Decode(state.Items[0]).Gate)).ToList();
        var knowAllSenders = old == 1 || !states.Exists(state => state.Channels.Any(channel => channel.IsForward));
        var isOfSameShape = knowAllSenders && old == parts.Parallelism && states[parts.Index].Channels.SequenceEqual(parts.Channels);
        var gates = new List<RestoredGate<T>>();
        var mostOfOthers = Watermark.EndOfTime;
        for (var receiver = 0; receiver < old; receiver++)
        {
            if (TakesOver(parts, receiver, old))
            {
                gates.Add(GateOf(stored, states[receiver], parts, receiver));
            }
            else if (!knowAllSenders && states[receiver].Valve.Current < mostOfOthers)
            {
                mostOfOthers = states[receiver].Valve.Current;
            }
        }

        return gates.Count == 0 ? null : new Replay<T>([.. gates], mostOfOthers, parts.Next) { IsOfSameShape = isOfSameShape };
    }

    /// <summary>Makes its lanes known.</summary>
    public void Open()
    {
        foreach (var gate in _gates)
        {
            gate.Open();
        }
    }

    /// <summary>Takes in one element.</summary>
    /// <returns>False if there is none left.</returns>
    public bool Step()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Pass();
            return true;
        }

        var least = -1;
        for (var i = 0; i < _gates.Length; i++)
        {
            if (!_gates[i].IsEmpty && (least < 0 || _gates[i].Valve.Current < _gates[least].Valve.Current))
            {
                least = i;
            }
        }

        if (least < 0)
        {
            return false;
        }

        _gates[least].Take(_next);
        Pass();
        return true;
    }

    /// <summary>All is taken in: what follows comes from channels that nothing is known of yet.</summary>
    /// <returns>The watermark that was passed on.</returns>
    public Watermark End()
    {
        if (_isIdle)
        {
            _next.OnIdle(false);
        }

        foreach (var gate in _gates)
        {
            gate.End();
        }

        return _passed;
    }

    // Idle gates hold it back, too: others of them may be further on than what they are about to say.
    private void Pass()
    {
        var least = _mostOfOthers;
        var isIdle = true;
        foreach (var gate in _gates)
        {
            least = gate.Valve.Current < least ? gate.Valve.Current : least;
            isIdle &= gate.Valve.IsIdle;
        }

        if (least > _passed)
        {
            _passed = least;
            _next.OnWatermark(least);
        }

        if (isIdle != _isIdle)
        {
            _isIdle = isIdle;
            _next.OnIdle(isIdle);
        }
    }

    // Whether any record of an old subtask may belong to this one now.
    private static bool TakesOver(GateParts<T> parts, int receiver, int old)
    {
        if (old == parts.Parallelism)
        {
            return receiver == parts.Index;
        }

        var had = KeyGroups.RangeOf(receiver, parts.KeyGroupCount, old);
        var owned = KeyGroups.RangeOf(parts.Index, parts.KeyGroupCount, parts.Parallelism);
        return Heir(parts, receiver, old) == parts.Index
            || parts.Edges.Any(edge => edge.IsByKey ? had.First <= owned.Last && owned.First <= had.Last : edge.OwnerOf is not null);
    }

    // Who gets those records of an old subtask that do not say where they belong.
    private static int Heir(GateParts<T> parts, int receiver, int old) =>
        KeyGroups.SubtaskOf(KeyGroups.RangeOf(receiver, parts.KeyGroupCount, old).First, parts.KeyGroupCount, parts.Parallelism);

    private static RestoredGate<T> GateOf(RestoredInFlight stored, GateState state, GateParts<T> parts, int receiver)
    {
        var (received, old) = (stored.Received[receiver], stored.Received.Count);
        var gate = new RestoredGate<T>(state, parts.Lanes);
        var isHeir = Heir(parts, receiver, old) == parts.Index;
        var edges = parts.Edges.ToDictionary(edge => edge.Name, StringComparer.Ordinal);
        foreach (var (channel, element) in InFlightFormat<T>.Read(received, _ => true))
        {
            Add(channel, element);
        }

        // Behind it in each channel: what was kept because the channel was full.
        for (var channel = 0; channel < gate.Channels.Count; channel++)
        {
            foreach (var (_, element) in SentBy(stored, gate.Channels[channel], receiver))
            {
                Add(channel, element);
            }
        }

        return gate;

        void Add(int channel, in StreamElement<T> element)
        {
            if (element.Kind != ElementKind.Batch)
            {
                gate.Add(channel, element);
            }
            else if (old == parts.Parallelism)
            {
                AddBatch(channel, element.Batch!);
            }
            else if (edges.GetValueOrDefault(gate.Channels[channel].Edge)?.OwnerOf is not { } ownerOf)
            {
                if (isHeir)
                {
                    AddBatch(channel, element.Batch!);
                }
            }
            else if (Owned(element.Batch!, ownerOf, parts.Index) is { Count: > 0 } owned)
            {
                AddBatch(channel, owned);
            }
        }

        void AddBatch(int channel, Batch<T> batch)
        {
            foreach (var piece in BatchPieces.Of(batch, parts.BatchCapacity))
            {
                gate.Add(channel, StreamElement<T>.Of(piece));
            }
        }
    }

    private static IEnumerable<InFlightElement<T>> SentBy(RestoredInFlight stored, GateChannel channel, int receiver) =>
        stored.Sent.TryGetValue(channel.Edge, out var senders) && channel.Sender < senders.Count
            ? InFlightFormat<T>.Read(senders[channel.Sender], to => to == receiver)
            : [];

    private static Batch<T> Owned(Batch<T> batch, Func<T, int> ownerOf, int index)
    {
        var owned = new Batch<T>(batch.Count) { Lane = batch.Lane };
        for (var i = 0; i < batch.Count; i++)
        {
            if (ownerOf(batch.Values[i]) != index)
            {
                continue;
            }

            if (batch.IsTimed)
            {
                owned.Add(batch.Values[i], batch.Times[i]);
            }
            else
            {
                owned.Add(batch.Values[i]);
            }
        }

        return owned;
    }
}
