using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Keeps one accumulator for each key and window; emits a window's results when the watermark passes it. The one window operator: which
/// windows, it is told.
/// </summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// var panes = window.Cursor;
/// for each record:
///     if (!panes.Covers(time)) { panes = window.Locate(time); if (!panes.IsOpen) { window.OnLate(); continue; } }
///     ref var slot = ref panes.Home(hash);
///     if (!panes.Holds(ref slot) || slot.Key != key) { slot = ref window.Find(key, hash); panes = window.Cursor; }
///     …add to slot.Value…
/// </code>
/// <para>A record is late if the watermark has passed its window (R4, no allowed lateness): counted and dropped. Results carry the window's
/// last microsecond as event time (R8), come before the watermark that caused them (R2), and in no particular order between keys.</para>
/// <para>A fire stops where there is no room, and goes on there: what comes in behind its watermark waits. A record that still gets through
/// is late by the newest watermark, so that what is late does not depend on who was slow.</para>
/// <para>Not a <see cref="Receiver{T}"/>: records reach it only through <see cref="Find"/>.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed class WindowAggregate<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator, IResumable
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly AlignedWindows _windows;
    private readonly TFunctor _functor;
    private readonly EntryCodecs<TKey, long, TAcc> _codecs;
    private readonly Collector<TOut> _output;
    private readonly SubtaskContext _subtask;
    private readonly LateRecords _late;

    // By the start of the window.
    private readonly StateTable<TKey, long, TAcc> _panes;
    private readonly KeyedState _state;

    // The open windows, the first to fire in front.
    private readonly PriorityQueue<TimeWindow, long> _open = new();
    private readonly RecentPanes<TKey, TAcc> _recent = new();

    // The one that the last record fell into: near at hand, since a kernel asks for it behind each key that is not at its home.
    private KeyTable<TKey, TAcc>? _current;
    private long _start;
    private ulong _size;
    private Watermark _watermark = Watermark.None;

    // The watermark that windows are firing for and the place in the first of them, and what came in behind it.
    private Watermark? _firing;
    private int _chunk;
    private int _next;
    private readonly Queue<(Watermark? Watermark, bool IsIdle)> _waiting = new();

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
        _panes = _subtask.Job.Backend.Open(_codecs, functor, Seed);
        _state = new KeyedState(id, _subtask.Job.KeyGroupCount, _panes);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => PaneSchema.Of(_codecs.Keys.Schema, _codecs.Values.Schema, _windows);

    /// <inheritdoc/>
    public bool IsHeld => _firing is not null || _waiting.Count > 0;

    /// <summary>Gets what spreads the keys: hashes that this operator is asked with are made by it.</summary>
    public KeySeed Seed => _subtask.Job.Seed;

    /// <summary>Gets the window that the last record fell into; not open if there is none.</summary>
    public PaneCursor<TKey, TAcc> Cursor => _current is null ? default : new PaneCursor<TKey, TAcc>(_current, _start, _size);

    /// <summary>Moves to the window that a time falls into: one look, however many are open.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; not open if a record of that time is late.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public PaneCursor<TKey, TAcc> Locate(long time)
    {
        ref readonly var recent = ref _recent.Look(time);
        if (recent.Covers(time) && recent.MaxTime > _watermark.Time)
        {
            (_current, _start, _size) = (recent.Table, recent.Start, recent.Size);
            return new PaneCursor<TKey, TAcc>(in recent);
        }

        LocateAnew(_windows.SliceOf(time));
        return Cursor;
    }

    /// <summary>
    /// The slot of a key in the current window, claimed if it is new. Take <see cref="Cursor"/> anew afterwards: the table may have grown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref StateSlot<TKey, TAcc> Find(scoped in TKey key, ulong hash)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        var current = _current!;
        var slots = current.Slots;
        ref var slot = ref current.Find(key, hash);
        if (current.Slots != slots)
        {
            _recent.Hold(new RecentPane<TKey, TAcc>(_start, _size, current), _open.Count);
        }

        return ref slot;
    }

    /// <summary>Counts a record that came after its window had fired.</summary>
    public void OnLate()
    {
        _subtask.Counters.AddLate(1);
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
        if (_current is not null && _start + (long)(_size - 1) <= watermark.Time)
        {
            _current = null;
        }

        if (IsHeld)
        {
            _waiting.Enqueue((watermark, false));
        }
        else
        {
            Pass(watermark);
        }
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle)
    {
        if (IsHeld)
        {
            _waiting.Enqueue((null, isIdle));
        }
        else
        {
            _output.Next.OnIdle(isIdle);
        }
    }

    /// <inheritdoc/>
    public void Resume()
    {
        if (_firing is { } firing)
        {
            Pass(firing);
        }

        while (_firing is null && _waiting.TryDequeue(out var waiting))
        {
            if (waiting.Watermark is { } watermark)
            {
                Pass(watermark);
            }
            else
            {
                _output.Next.OnIdle(waiting.IsIdle);
            }
        }
    }

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        _state.Snapshot(writer);
        PaneWatermark.Write(writer, Owned, _watermark);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        Invariant.Holds(_open.Count == 0, $"restore into {Id}, which already holds windows");
        DamagedStateException.Guard(Id, "the watermark", state, stored => _watermark = PaneWatermark.Read(stored, Owned));
        _panes.ReadAs(_codecs with
        {
            Keys = state.Forms.Reading(PaneSchema.Key, _codecs.Keys),
            Values = state.Forms.Reading(PaneSchema.Accumulator, _codecs.Values),
        });
        _state.Restore(state.KeyGroups);
        DamagedStateException.Guard(Id, "the open windows", _panes, panes =>
        {
            foreach (var start in panes.Namespaces)
            {
                Enqueue(start);
            }
        });
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    private void LocateAnew(TimeWindow window)
    {
        if (window.MaxTime <= _watermark.Time)
        {
            _current = null;
            return;
        }

        if (!_panes.TryFind(window.StartTime, out var table))
        {
            table = _panes.Open(window.StartTime);
            _open.Enqueue(window, window.MaxTime);
        }

        (_current, _start, _size) = (table, window.StartTime, (ulong)(window.EndTime - window.StartTime));
        _recent.Hold(new RecentPane<TKey, TAcc>(_start, _size, table), _open.Count);
    }

    private void Enqueue(long start)
    {
        var window = _windows.SliceOf(start);
        if (window.StartTime != start)
        {
            throw new InvalidDataException($"Windows of the kind '{_windows}' never start at {start}.");
        }

        _open.Enqueue(window, window.MaxTime);
    }

    // Fires what is due, the first window first, then passes the watermark on; keeps its place if there is no room.
    private void Pass(Watermark watermark)
    {
        while (_open.TryPeek(out var window, out var maxTime) && maxTime <= watermark.Time)
        {
            if (!TryFire(window))
            {
                _firing = watermark;
                return;
            }

            (_chunk, _next) = (0, 0);
            _open.Dequeue();
            _recent.Forget(window, _open.Count);
            _panes.Remove(window.StartTime);
        }

        _firing = null;
        _output.Flush(lane: 0);
        _output.Next.OnWatermark(watermark);
    }

    private bool TryFire(TimeWindow window)
    {
        var panes = _panes.Open(window.StartTime);
        var epoch = panes.Epoch;
        for (; panes.Chunk(_chunk) is { IsEmpty: false } slots; _chunk++, _next = 0)
        {
            for (var i = _next; i < slots.Length; i++)
            {
                ref var slot = ref slots[i];
                if (slot.Epoch != epoch)
                {
                    continue;
                }

                if (!_subtask.Flow.MayMake())
                {
                    _next = i;
                    return false;
                }

                _output.Add(_functor.Result(slot.Key, window, ref slot.Value), window.MaxTime);
            }
        }

        return true;
    }
}
