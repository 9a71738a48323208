using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// Keeps one accumulator for each key and slice of time; emits a window's results when the watermark passes it, its slices merged. The
/// operator of all windows that are aligned and fire once: which windows, it is told.
/// </summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// var panes = window.Begin();
/// for each record:
///     if (!panes.TryMove(time)) { panes = window.Locate(time); if (!panes.IsOpen) { window.OnLate(); continue; } }
///     ref var slot = ref panes.Home(key, hash);
///     if (!panes.Holds(ref slot) || slot.Key != key) { slot = ref window.Find(key, hash, time); panes = window.Cursor; }
///     …add to slot.Value…
/// </code>
/// <para>Windows fire in order of their ends. The next to fire is the first that holds the first slice there is, so nobody looks at
/// windows without records, and a gap is skipped whatever its length. Where windows do not overlap, a slice is a window and fires from its
/// own table; where they do, a <see cref="SliceRow{TKey, TAcc, TOut, TFunctor}"/> merges.</para>
/// <para>A record is late if the watermark has passed all its windows (R4, no allowed lateness): counted and dropped. So is one of no
/// window that the watermark has passed; another of no window is nobody's. Results carry the window's
/// last microsecond as event time (R8), come before the watermark that caused them (R2), and in no particular order between keys.</para>
/// <para>A fire stops where there is no room, and goes on there: what comes in behind its watermark waits. A record that still gets through
/// is late by the newest watermark, so that what is late does not depend on who was slow.</para>
/// <para>Not a <see cref="Receiver{T}"/>: records reach it only through <see cref="Find"/>.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed partial class WindowAggregate<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator, IStoppable<LateSlices<TKey, TAcc>>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly AlignedWindows _windows;
    private readonly TFunctor _functor;
    private readonly EntryCodecs<TKey, long, TAcc> _codecs;
    private readonly Collector<TOut> _output;
    private readonly SubtaskContext _subtask;
    private readonly LateRecords _late;

    // By the start of the slice.
    private readonly StateTable<TKey, long, TAcc> _panes;
    private readonly KeyedState _state;
    private readonly Pace _pace = new();

    // The slices that no window has fired of, the first one in front; those that windows have fired of are in the row.
    private readonly PriorityQueue<TimeWindow, long> _open = new();
    private readonly RecentPanes<TKey, TAcc> _recent = new();
    private readonly SliceRow<TKey, TAcc, TOut, TFunctor>? _row;
    private readonly LateSlices<TKey, TAcc>? _lateSlices;
    private readonly Nowhere<TKey, TAcc, TFunctor> _nowhere;

    // The one that the last record fell into: near at hand, since a kernel asks for it behind each key that is not at its home.
    private KeyTable<TKey, TAcc>? _current;
    private long _start;
    private ulong _size;
    private long _lastTime;
    private Wandering _wandering;

    // What the table's slots were at the last batch.
    private int _moves;

    // Records before this time are late.
    private long _lateBefore = long.MinValue;
    private Watermark _watermark = Watermark.None;

    // The watermark that all windows have fired for, and the window that fired last.
    private long _passed = long.MinValue;
    private TimeWindow? _last;
    private RestoredMarks _marks = RestoredMarks.None;

    // The fire that has been stopped, and what came in behind it.
    private IEnumerator<bool>? _firing;
    private readonly HeldInput<LateSlices<TKey, TAcc>> _input;
    private LateSlices<TKey, TAcc>? _heldLate;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="functor">How keys are told apart and panes begin and end.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public WindowAggregate(SpanContext context, string id, AlignedWindows windows, TFunctor functor, Codec<TAcc> accumulators)
    {
        Id = id;
        _windows = windows;
        _functor = functor;
        _output = context.Collector<TOut>();
        _subtask = context.Subtask;
        _late = context.LateRecords(id);
        _codecs = new EntryCodecs<TKey, long, TAcc>(Codecs.Of<TKey>(), Codecs.Of<long>(), accumulators);
        var backend = _subtask.BackendOf(id);
        _panes = backend.Open(_codecs, functor, Seed);
        _panes.Name = "panes";
        _nowhere = new(functor);
        if (!windows.AreDisjoint)
        {
            Invariant.Holds(functor.Order != MergeOrder.None, $"{id} is to merge accumulators that cannot be merged");
            _row = new(_panes, functor, _pace);
            _lateSlices = NewLateSlices();
        }

        _state = new KeyedState(backend, id, _subtask.Job.KeyGroupCount, _lateSlices is null ? [_panes] : [_panes, _lateSlices.Part]);
        _input = new(this);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => PaneSchema.Of(_codecs.Keys.Schema, _codecs.Values.Schema, _windows);

    /// <inheritdoc/>
    public bool IsHeld => _firing is not null || _input.IsWaiting;

    /// <inheritdoc/>
    bool IStoppable<LateSlices<TKey, TAcc>>.IsStopped => _firing is not null;

    /// <summary>Gets what spreads the keys: hashes that this operator is asked with are made by it.</summary>
    public KeySeed Seed => _subtask.Job.Seed;

    /// <summary>Gets where the records of the batch go on.</summary>
    public PaneCursor<TKey, TAcc> Cursor => _wandering.IsOn ? new PaneCursor<TKey, TAcc>(_recent, null)
        : _current is null ? default
        : new PaneCursor<TKey, TAcc>(_current, _start, _size);

    /// <summary>A batch begins.</summary>
    /// <returns>Where its records go.</returns>
    public PaneCursor<TKey, TAcc> Begin()
    {
        if (_panes.Moves != _moves)
        {
            _moves = _panes.Moves;
            _recent.Clear();
            _current = null;
        }

        _wandering.Begin(mayWander: !IsHeld);
        return Cursor;
    }

    /// <summary>Gets a value indicating whether it is of use to tell the keys of a batch before it is worked on.</summary>
    internal bool Prefetches => _current is { Prefetches: true } && !IsHeld;

    /// <summary>
    /// Fetches keys of a batch that begins, in the slice of the records before it: most fall into it. Take <see cref="Cursor"/> anew.
    /// </summary>
    internal void Prefetch(KeysAhead<TKey> ahead)
    {
        var current = _current!;
        var slots = current.Slots;
        current.Prefetch(ahead.Keys, ahead.Hashes);
        ahead.Clear();
        if (current.Slots != slots)
        {
            Hold();
        }
    }

    /// <summary>Moves to the slice that a time falls into: one look, however many are open.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The slice; not open if a record of that time is late.</returns>
    /// <exception cref="NoEventTimeException">It is <see cref="long.MinValue"/>, which is none.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public PaneCursor<TKey, TAcc> Locate(long time)
    {
        Move(time);
        _wandering.Move(mayWander: !IsHeld);
        return _wandering.IsOn ? new PaneCursor<TKey, TAcc>(_recent, _current) : Cursor;
    }

    /// <summary>
    /// The slot of a key in the slice of a time, which is open; claimed if it is new. Take <see cref="Cursor"/> anew afterwards: the table
    /// may have grown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref StateSlot<TKey, TAcc> Find(TKey key, ulong hash, long time)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        if (_current is null || (ulong)(time - _start) >= _size)
        {
            Move(time);
        }

        var current = _current!;
        if (_nowhere.Is(current))
        {
            return ref _nowhere.Slot();
        }

        var slots = current.Slots;
        ref var slot = ref current.Find(key, hash);
        if (current.Slots != slots)
        {
            Hold();
        }

        return ref slot;
    }

    /// <summary>Counts a record that came after its windows had fired.</summary>
    public void OnLate()
    {
        _late.Add(_watermark);
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark)
    {
        // After a restore the inputs may promise less than was promised before the checkpoint, if they lie differently now. The promise
        // stands.
        if (watermark < _watermark)
        {
            return;
        }

        _late.OnWatermark(watermark);
        _watermark = watermark;
        if (_row is not null || (_current is not null && _start + (long)(_size - 1) <= watermark.Time))
        {
            _current = null;
        }

        _heldLate = null;
        _input.Add(watermark);
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _input.Add(isIdle);

    /// <inheritdoc/>
    public void Resume()
    {
        if (_firing is not null)
        {
            GoOn();
        }

        _current = null;
        _input.GoOn();
    }

    /// <inheritdoc/>
    void IStoppable<LateSlices<TKey, TAcc>>.Take(Watermark watermark) => Pass(watermark);

    /// <inheritdoc/>
    void IStoppable<LateSlices<TKey, TAcc>>.Take(bool isIdle) => _output.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    void IStoppable<LateSlices<TKey, TAcc>>.Take(LateSlices<TKey, TAcc> records)
    {
        _heldLate = _heldLate == records ? null : _heldLate;
        Join(records);
    }

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        // The tables' epoch goes on: what is remembered of theirs is of no use.
        _recent.Clear();
        _state.Snapshot(writer);
        PaneWatermark.Write(writer, Owned, _watermark);
        _marks.Write(writer, Owned, _watermark);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        Invariant.Holds(_open.Count == 0, $"restore into {Id}, which already holds windows");
        DamagedStateException.Guard(Id, "the watermark", state, stored =>
        {
            _watermark = PaneWatermark.Read(stored, Owned);
            _marks = RestoredMarks.Of(stored, Owned, _watermark, _subtask.Job.KeyGroupCount);
        });
        _passed = _watermark.Time;
        var written = _codecs with
        {
            Keys = state.Forms.Reading(PaneSchema.Key, _codecs.Keys),
            Values = state.Forms.Reading(PaneSchema.Accumulator, _codecs.Values),
        };
        _panes.ReadAs(written);
        _lateSlices?.ReadAs(written);
        _state.Restore(state, Schemas);
        DamagedStateException.Guard(Id, "the open windows", _panes, panes =>
        {
            foreach (var start in panes.Namespaces)
            {
                _open.Enqueue(SliceOf(start), start);
            }

            _lateSlices?.Restored(SliceOf);
            Join(_lateSlices);
        });
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    private TimeWindow SliceOf(long start)
    {
        var slice = _windows.SliceOf(start);
        if (slice.StartTime != start || !_windows.TryFirst(slice, _passed, out _))
        {
            throw new InvalidDataException(
                $"No window of the kind '{_windows}' that is still to fire holds a slice that starts at {start}.");
        }

        return slice;
    }
}
