using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>Counts the records of each key and emits a result with the record that completes a window.</summary>
/// <remarks>
/// <para>The kernel in front does the adding and the counting, in its own loop:</para>
/// <code>
/// var counts = window.Begin(batch.IsTimed);
/// for each record:
///     ref var slot = ref counts.Home(hash);
///     if (!counts.Holds(ref slot) || slot.Key != key) slot = ref counts.Beside(hash);
///     if (!counts.Holds(ref slot) || slot.Key != key) { slot = ref window.Find(key, hash); counts = window.Cursor; }
///     …add to slot.Value.Accumulator…
///     if (++slot.Value.Count == counts.Size) { window.Complete(ref slot); }
/// window.End(batch.Lane);
/// </code>
/// <para>Windows that lie side by side are counters. Where they overlap or leave records out, a counter counts a part of a window
/// (<see cref="OverlappingCounts{TKey, TAcc, TOut, TFunctor}"/>).</para>
/// <para>A record completes one window at most, so that the operator need not ask for room. Results have the greatest time of all as their
/// event time (B8), if records have any. A window that is incomplete when the stream ends gives none.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed class CountWindows<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    // Counters that have been emptied are looked for in so many slots a batch, and in so many before a snapshot.
    private const int SlotsABatch = 64;
    private const int SlotsASnapshot = 16_384;

    // And in so many for each new key, at most and at least: if no key came again, an eighth of the slots at most, or a third where windows
    // are tiny, would be of emptied counters.
    private const int SlotsAKey = 8;
    private const int MinSlotsAKey = 3;

    private readonly CountWindow _windows;
    private readonly TFunctor _functor;
    private readonly Codec<TAcc> _accumulators;
    private readonly EntryCodecs<TKey, NoNamespace, Counted<TAcc>> _codecs;
    private readonly Collector<TOut> _output;
    private readonly SubtaskContext _subtask;
    private readonly StateTable<TKey, NoNamespace, Counted<TAcc>> _table;
    private readonly KeyTable<TKey, Counted<TAcc>> _counters;

    // Null where windows lie side by side.
    private readonly OverlappingCounts<TKey, TAcc, TOut, TFunctor>? _overlapping;
    private readonly KeyedState _state;
    private readonly long _size;
    private readonly int _slotsAKey;
    private bool _isTimed;

    // How far emptied counters have been looked for, and how many keys there were then.
    private int _swept;
    private int _count;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="functor">How keys are told apart and accumulators begin and end; it can merge, unless windows lie side by side.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public CountWindows(SpanContext context, string id, CountWindow windows, TFunctor functor, Codec<TAcc> accumulators)
    {
        ArgumentNullException.ThrowIfNull(windows);
        Invariant.Holds(functor.CanMerge || windows.Size == windows.Slide, $"{id} has windows whose accumulators cannot merge");
        Id = id;
        _windows = windows;
        _functor = functor;
        _accumulators = accumulators;
        _output = context.Collector<TOut>();
        _subtask = context.Subtask;
        _size = OverlappingCounts<TKey, TAcc, TOut, TFunctor>.SizeOfPart(windows);
        _slotsAKey = (int)Math.Clamp(_size, MinSlotsAKey, SlotsAKey);
        _codecs = new(Codecs.Of<TKey>(), NoNamespace.Codec, new CountCodec<TAcc>(accumulators, _size));
        var backend = _subtask.BackendOf(id);
        _table = backend.Open(_codecs, new CountFunctor<TKey, TAcc, TOut, TFunctor>(functor), Seed);
        _counters = _table.Open(default);
        _overlapping = windows.Size == windows.Slide ? null : new(backend, windows, _codecs.Keys, accumulators, functor, Seed);
        _state = new KeyedState(backend, id, _subtask.Job.KeyGroupCount, _overlapping is null ? [_table] : [_table, _overlapping.Part]);
        context.Own(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => PaneSchema.Of(_codecs.Keys.Schema, _accumulators.Schema, _windows);

    /// <summary>Gets what spreads the keys: hashes that this operator is asked with are made by it.</summary>
    public KeySeed Seed => _subtask.Job.Seed;

    /// <summary>Gets where the counters are.</summary>
    public CountCursor<TKey, TAcc> Cursor => new(_counters, _size);

    /// <summary>Begins a batch.</summary>
    /// <param name="isTimed">Whether its records have event times: then results have some, too.</param>
    /// <returns>Where the counters are.</returns>
    public CountCursor<TKey, TAcc> Begin(bool isTimed)
    {
        _isTimed = isTimed;
        return Cursor;
    }

    /// <summary>
    /// The counter of a key, new if it has none. Take <see cref="Cursor"/> anew afterwards: the table may have grown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref StateSlot<TKey, Counted<TAcc>> Find(scoped in TKey key, ulong hash)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        return ref _counters.Find(key, hash);
    }

    /// <summary>A counter is full: its window fires, and it begins anew where it is.</summary>
    /// <param name="slot">The counter.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Complete(ref StateSlot<TKey, Counted<TAcc>> slot)
    {
        if (_overlapping is null)
        {
            Fire(slot.Key, ref slot.Value.Accumulator);
        }
        else if (_overlapping.Add(slot.Key, slot.Value.Accumulator, out var window))
        {
            Fire(slot.Key, ref window);
        }

        // Nearly always the key goes on: its slot stays where it is, and goes later if the key does not.
        slot.Value = new Counted<TAcc> { Accumulator = _functor.Create() };
    }

    /// <summary>Ends a batch: passes on what it made, and removes some of the counters that are empty.</summary>
    /// <param name="lane">The lane of the batch.</param>
    public void End(int lane)
    {
        _output.Flush(lane);

        // New keys pay for nearly all of it. A key that was removed and comes again is new, too: if all do, one counter in as many as a
        // window has records is empty at any time, so that a walk over no more slots than that removes less than one.
        var added = Math.Max(0, _counters.Count - _count);
        Sweep((int)Math.Min(SlotsABatch + ((long)added * _slotsAKey), Math.Max(1, _counters.Slots.Length / 4)));
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark) => _output.Next.OnWatermark(watermark);

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _output.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        Sweep(SlotsASnapshot);
        _state.Snapshot(writer);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        Invariant.Holds(_counters.Count == 0, $"restore into {Id}, which already counts");
        var keys = state.Forms.Reading(PaneSchema.Key, _codecs.Keys);
        var accumulators = state.Forms.Reading(PaneSchema.Accumulator, _accumulators);
        _table.ReadAs(_codecs with { Keys = keys, Values = new CountCodec<TAcc>(accumulators, _size) });
        _overlapping?.ReadAs(keys, accumulators);
        _state.Restore(state, Schemas);
        _count = _counters.Count;
    }

    private void Fire(TKey key, ref TAcc accumulator)
    {
        var result = _functor.Result(key, TimeWindow.All, ref accumulator);
        if (_isTimed)
        {
            _output.Add(result, TimeWindow.All.MaxTime);
        }
        else
        {
            _output.Add(result);
        }
    }

    // Removes emptied counters among the next slots: what keys take that do not come again is given back.
    private void Sweep(int count)
    {
        var slots = _counters.Slots;
        for (count = Math.Min(count, slots.Length); count > 0; count--)
        {
            _swept = (_swept + 1) & (slots.Length - 1);
            ref var slot = ref slots[_swept];
            if (_counters.IsUsed(slot.Epoch) && slot.Value.Count == 0)
            {
                _counters.Remove(slot.Key, _functor.Hash(slot.Key));
                slots = _counters.Slots;
            }
        }

        _count = _counters.Count;
    }
}
