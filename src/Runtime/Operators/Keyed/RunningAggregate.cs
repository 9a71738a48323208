using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>Keeps one accumulator for each key, for ever, and puts out a result at each record.</summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// for each record:
///     ref var slot = ref running.Find(key, hash);
///     …add to slot.Value…
///     running.Emit(ref slot, time, isTimed);
/// running.Flush(lane);
/// </code>
/// <para>One result a record, with its event time: nobody has to be asked for room, and lanes stay what they are.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed class RunningAggregate<TKey, TAcc, TOut, TFunctor> : Receiver, IStatefulOperator
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly TFunctor _functor;
    private readonly EntryCodecs<TKey, NoNamespace, TAcc> _codecs;
    private readonly StateTable<TKey, NoNamespace, TAcc> _table;
    private readonly KeyTable<TKey, TAcc> _keys;
    private readonly KeyedState _state;
    private readonly Collector<TOut> _output;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="functor">How keys are told apart, and accumulators begin and end.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public RunningAggregate(SpanContext context, string id, TFunctor functor, Codec<TAcc> accumulators)
    {
        ArgumentNullException.ThrowIfNull(context);
        Id = id;
        _functor = functor;
        _output = context.Collector<TOut>();
        var job = context.Subtask.Job;
        Seed = job.Seed;
        _codecs = new EntryCodecs<TKey, NoNamespace, TAcc>(Codecs.Of<TKey>(), NoNamespace.Codec, accumulators);
        var backend = context.Subtask.BackendOf(id);
        _table = backend.Open(_codecs, functor, Seed);
        _table.Name = "accumulator";
        _keys = _table.Open(default);
        _state = new KeyedState(backend, id, job.KeyGroupCount, _table);
        context.Own(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas =>
        PaneSchema.Of(_codecs.Keys.Schema, _codecs.Values.Schema, RunningWindow.Instance);

    /// <summary>Gets what spreads the keys: hashes that this operator is asked with are made by it.</summary>
    public KeySeed Seed { get; }

    /// <summary>The slot of a key, claimed if it is new. Valid until the next call.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref StateSlot<TKey, TAcc> Find(scoped in TKey key, ulong hash)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        return ref _keys.Find(key, hash);
    }

    /// <summary>Gets a value indicating whether it is of use to tell the keys of a batch before it is worked on.</summary>
    internal bool Prefetches => _keys.Prefetches;

    /// <summary>Fetches keys of a batch that begins.</summary>
    internal void Prefetch(KeysAhead<TKey> ahead)
    {
        _keys.Prefetch(ahead.Keys, ahead.Hashes);
        ahead.Clear();
    }

    /// <summary>Puts out the result of a key as it is now.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="time">The event time of the record.</param>
    /// <param name="isTimed">Whether it has one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(ref StateSlot<TKey, TAcc> slot, long time, bool isTimed)
    {
        var result = _functor.Result(slot.Key, RunningWindow.Always, ref slot.Value);
        if (isTimed)
        {
            _output.Add(result, time);
        }
        else
        {
            _output.Add(result);
        }
    }

    /// <summary>Passes the results of a batch on.</summary>
    /// <param name="lane">The lane that the batch came from.</param>
    public void Flush(int lane) => _output.Flush(lane);

    /// <summary>A batch begins: what its records become is of its lane.</summary>
    /// <param name="lane">The lane.</param>
    public void Begin(int lane) => _output.Batch.Lane = lane;

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark) => _output.Next.OnWatermark(watermark);

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _output.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer) => _state.Snapshot(writer);

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Invariant.Holds(_keys.Count == 0, $"restore into {Id}, which already holds keys");
        _table.ReadAs(_codecs with
        {
            Keys = state.Forms.Reading(PaneSchema.Key, _codecs.Keys),
            Values = state.Forms.Reading(PaneSchema.Accumulator, _codecs.Values),
        });
        _state.Restore(state, Schemas);
    }
}
