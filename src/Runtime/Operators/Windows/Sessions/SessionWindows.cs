using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>
/// Keeps one accumulator for each open session of event time; emits a session's result when the watermark passes its end.
/// </summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// var sessions = window.Cursor;
/// for each record:
///     ref var slot = ref sessions.Home(hash);
///     ref TAcc accumulator = ref slot.Value.Accumulator;
///     if (!sessions.Holds(ref slot) || slot.Key != key || !sessions.TryExtend(ref slot.Value, time))
///     {
///         accumulator = ref window.Find(key, hash, time);
///         sessions = window.Cursor;
///         if (Unsafe.IsNullRef(ref accumulator)) { window.OnLate(); continue; }
///     }
///     …add to accumulator…
/// </code>
/// <para>Sessions that overlap or touch become one (R7): the accumulator of the earlier one takes in that of the later one. Their records
/// may have come in turn, so that functions whose result depends on the order keep records instead
/// (<see cref="MergeOrder.Arrival"/>).</para>
/// <para>A record is late if its own window has been passed and it touches no open session (R4, B18): the windows are merged before it is
/// asked. Results carry the session's last microsecond as event time (R8), and come in order of it, before the watermark that caused
/// them.</para>
/// <para>A fire stops where there is no room, and goes on there: what comes in behind its watermark waits. A record that still gets through
/// is late by the newest watermark, and extends no session that is over by it.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed class SessionWindows<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator, IStoppable<NoRecords>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly SessionWindow _windows;
    private readonly TFunctor _functor;
    private readonly Codec<TAcc> _accumulators;
    private readonly EntryCodecs<TKey, NoNamespace, Session<TAcc>> _codecs;
    private readonly Collector<TOut> _output;
    private readonly SubtaskContext _subtask;
    private readonly LateRecords _late;

    private readonly OpenSessions<TKey, TAcc, TOut, TFunctor> _open;
    private readonly KeyedState _state;
    private Watermark _watermark = Watermark.None;

    // The watermark that sessions are firing for, those of them that records came for meanwhile, and what came in behind it.
    private Watermark? _firing;
    private readonly Queue<(TKey Key, Session<TAcc> Session)> _overtaken = new();
    private readonly HeldInput<NoRecords> _input;
    private readonly Pace _pace = new();

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="functor">How keys are told apart and accumulators begin, merge and end; it can merge.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public SessionWindows(SpanContext context, string id, SessionWindow windows, TFunctor functor, Codec<TAcc> accumulators)
    {
        Invariant.Holds(functor.CanMerge, $"{id} has sessions whose accumulators cannot merge");
        Id = id;
        _windows = windows;
        _functor = functor;
        _accumulators = accumulators;
        _output = context.Collector<TOut>();
        _subtask = context.Subtask;
        _late = context.LateRecords(id);
        _codecs = new(Codecs.Of<TKey>(), NoNamespace.Codec, new SessionCodec<TAcc>(accumulators));
        var backend = _subtask.BackendOf(id);
        _open = new(backend, _codecs, functor, Seed);
        _state = new KeyedState(backend, id, _subtask.Job.KeyGroupCount, _open.Parts);
        _input = new(this);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => PaneSchema.Of(_codecs.Keys.Schema, _accumulators.Schema, _windows);

    /// <inheritdoc/>
    public bool IsHeld => _firing is not null || _input.IsWaiting;

    /// <inheritdoc/>
    bool IStoppable<NoRecords>.IsStopped => _firing is not null;

    /// <summary>Gets what spreads the keys: hashes that this operator is asked with are made by it.</summary>
    public KeySeed Seed => _subtask.Job.Seed;

    /// <summary>Gets where the newest sessions are. While a fire is held it leads to none, as some of them are over.</summary>
    public SessionCursor<TKey, TAcc> Cursor => new(_open.Newest, _windows.Gap, !IsHeld);

    /// <summary>
    /// The accumulator of the session that a record belongs to: an open one that it extends, one that several have become, or a new one.
    /// Take <see cref="Cursor"/> anew afterwards: the table may have grown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <param name="time">The time of the record, in microseconds since the Unix epoch.</param>
    /// <returns>The accumulator; a null reference if the record is late.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ref TAcc Find(scoped in TKey key, ulong hash, long time)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        if (IsHeld)
        {
            _open.TakeOver(key, hash, _watermark.Time, _overtaken);
        }

        return ref _open.Find(key, hash, _windows.Of(time), _watermark.Time);
    }

    /// <summary>Counts a record that came after its session had fired.</summary>
    public void OnLate()
    {
        _late.Add(_watermark);
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark)
    {
        // After a restore the inputs may promise less than was promised before the checkpoint. The promise stands.
        if (watermark < _watermark)
        {
            return;
        }

        _late.OnWatermark(watermark);
        _watermark = watermark;
        _input.Add(watermark);
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _input.Add(isIdle);

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(Watermark watermark) => Pass(watermark);

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(bool isIdle) => _output.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    public void Resume()
    {
        if (_firing is { } firing)
        {
            Pass(firing);
        }

        _input.GoOn();
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
        Invariant.Holds(_open.Newest.Count == 0, $"restore into {Id}, which already holds sessions");
        DamagedStateException.Guard(Id, "the watermark", state, stored => _watermark = PaneWatermark.Read(stored, Owned));
        _open.ReadAs(_codecs with
        {
            Keys = state.Forms.Reading(PaneSchema.Key, _codecs.Keys),
            Values = new SessionCodec<TAcc>(state.Forms.Reading(PaneSchema.Accumulator, _accumulators)),
        });
        _state.Restore(state, Schemas);
        DamagedStateException.Guard(Id, "the open sessions", _open, static sessions => sessions.ArmAll());
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    // Fires what is over, then passes the watermark on; keeps its place if there is no room.
    private void Pass(Watermark watermark)
    {
        _pace.Begin();
        while (_overtaken.Count > 0 || _open.IsDue(watermark.Time))
        {
            // Many sessions of one key lie in a tree, of which more than a slot is visited.
            if (_open.HasFurther && _pace.IsOverByWindow())
            {
                _subtask.Flow.Close();
            }

            if (!_subtask.Flow.MayMake())
            {
                _firing = watermark;
                return;
            }

            if (_overtaken.TryDequeue(out var overtaken))
            {
                Fire(overtaken.Key, ref overtaken.Session);
            }
            else if (_open.Advance(watermark.Time, out var key, out var session))
            {
                Fire(key, ref session);
            }
        }

        _firing = null;
        _output.Flush(lane: 0);
        _output.Next.OnWatermark(watermark);
    }

    private void Fire(TKey key, ref Session<TAcc> session) =>
        _output.Add(_functor.Result(key, session.Window, ref session.Accumulator), session.Window.MaxTime);
}
