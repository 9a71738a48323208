using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Keeps one accumulator for each key and tumbling window; emits a window's results when the watermark passes it.</summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// var panes = window.Cursor;
/// for each record:
///     if (!panes.Covers(time)) { panes = window.Locate(time); if (!panes.IsOpen) { window.OnLate(); continue; } }
///     ref var slot = ref panes.Home(hash);
///     if (!panes.Holds(ref slot) || slot.Key != key) { slot = ref window.Find(key, hash); panes = window.Cursor; }
///     …add to slot.Accumulator…
/// </code>
/// <para>A record is late if the watermark has passed its window (R4, no allowed lateness): counted and dropped. Results carry the window's last
/// microsecond as event time (R8), come before the watermark that caused them (R2), and in no particular order between keys.</para>
/// <para>Not a <see cref="Receiver{T}"/>: records reach it only through <see cref="Find"/>.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed class TumblingAggregate<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly Tumbling _windows;
    private readonly TFunctor _functor;
    private readonly Codec<TKey> _keys;
    private readonly Codec<TAcc> _accumulators;
    private readonly Collector<TOut> _output;
    private readonly SubtaskContext _subtask;

    // Ordered by start. Few: as many as the disorder of the stream spans.
    private readonly List<PaneTable<TKey, TAcc>> _open = [];
    private readonly Stack<PaneTable<TKey, TAcc>> _spare = new();
    private PaneTable<TKey, TAcc>? _current;
    private Watermark _watermark = Watermark.None;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="functor">How keys are told apart and panes begin and end.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public TumblingAggregate(SpanContext context, string id, Tumbling windows, TFunctor functor, Codec<TAcc> accumulators)
    {
        Id = id;
        _windows = windows;
        _functor = functor;
        _keys = Codecs.Of<TKey>();
        _accumulators = accumulators;
        _output = context.Collector<TOut>();
        _subtask = context.Subtask;
        context.Own(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => [new("key", _keys.Schema), new("accumulator", _accumulators.Schema)];

    /// <summary>Gets the window that the last record fell into; not open if there is none.</summary>
    public PaneCursor<TKey, TAcc> Cursor => _current is null ? default : new PaneCursor<TKey, TAcc>(_current);

    /// <summary>Moves to the window that a time falls into.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; not open if a record of that time is late.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public PaneCursor<TKey, TAcc> Locate(long time)
    {
        _current = null;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Window.StartTime <= time && time < _open[i].Window.EndTime)
            {
                _current = _open[i];
                return Cursor;
            }
        }

        var window = _windows.Of(time);
        if (window.MaxTime > _watermark.Time)
        {
            _current = OpenTable(window);
        }

        return Cursor;
    }

    /// <summary>The slot of a key in the current window, claimed if it is new. Take <see cref="Cursor"/> anew afterwards: the table may have grown.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref PaneSlot<TKey, TAcc> Find(scoped in TKey key, ulong hash)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        return ref _current!.Find<TOut, TFunctor>(key, hash, _functor);
    }

    /// <summary>Counts a record that came after its window had fired.</summary>
    public void OnLate() => _subtask.Counters.AddLate(1);

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark)
    {
        // After a restore the inputs may promise less than was promised before the checkpoint, if they lie differently now. The promise stands.
        if (watermark < _watermark)
        {
            return;
        }

        _watermark = watermark;
        while (_open.Count > 0 && _open[0].Window.MaxTime <= watermark.Time)
        {
            var fired = _open[0];
            _open.RemoveAt(0);
            _current = null;
            Fire(fired);
            _spare.Push(fired);
        }

        _output.Next.OnWatermark(watermark);
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _output.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        var panes = new PaneSnapshot<TKey, TAcc>(_open, _keys, _accumulators);
        if (PaneSnapshot<TKey, TAcc>.IsLasting)
        {
            writer.AddKeyGroupsLater(() => panes.Encode(_subtask.KeyGroupCount));
        }
        else
        {
            foreach (var group in panes.Encode(_subtask.KeyGroupCount))
            {
                writer.AddKeyGroup(group.KeyGroup, group.Entries);
            }
        }

        PaneWatermark.Write(writer, Owned, _watermark);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        Invariant.Holds(_open.Count == 0, $"restore into {Id}, which already holds windows");
        _watermark = PaneWatermark.Read(state, Owned);
        foreach (var group in state.KeyGroups)
        {
            var reader = new MessagePackReader(group.Entries);
            while (!reader.End)
            {
                var start = reader.ReadInt64();
                var key = _keys.Read(ref reader);
                if (_current is null || _current.Window.StartTime != start)
                {
                    _current = _open.Find(table => table.Window.StartTime == start) ?? OpenTable(_windows.Of(start));
                    if (_current.Window.StartTime != start)
                    {
                        throw new PlanException(
                            $"Operator '{Id}': the checkpoint holds a window that starts at {EventTime.ToDateTime(start):O}, which windows of this size and offset never do. " +
                            "Restore with the window of the checkpoint, or start without it.");
                    }
                }

                Find(key, _functor.Hash(key)).Accumulator = _accumulators.Read(ref reader);
            }
        }
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.KeyGroupCount, _subtask.Parallelism);

    private PaneTable<TKey, TAcc> OpenTable(TimeWindow window)
    {
        var table = _spare.Count > 0 ? _spare.Pop() : new PaneTable<TKey, TAcc>();
        table.Reset(window);
        var position = _open.FindIndex(other => other.Window.StartTime > window.StartTime);
        _open.Insert(position < 0 ? _open.Count : position, table);
        return table;
    }

    private void Fire(PaneTable<TKey, TAcc> table)
    {
        var window = table.Window;
        var epoch = table.Epoch;
        foreach (ref var slot in table.Slots.AsSpan())
        {
            if (slot.Epoch == epoch)
            {
                _output.Add(_functor.Result(slot.Key, window, ref slot.Accumulator), window.MaxTime);
            }
        }

        _output.Flush(lane: 0);
    }
}
