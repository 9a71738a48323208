using Weir.Graph;
using Weir.Runtime.Operators;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Kernels;

/// <summary>What an operator or a generated kernel is built from, in one subtask.</summary>
public sealed class SpanContext
{
    private readonly IReadOnlyList<Stage> _stages;
    private readonly object? _next;
    private readonly List<IStatefulOperator> _owned;

    internal SpanContext(IReadOnlyList<Stage> stages, object? next, SubtaskContext subtask, List<IStatefulOperator> owned)
    {
        _stages = stages;
        _next = next;
        Subtask = subtask;
        _owned = owned;
    }

    /// <summary>Gets who runs it.</summary>
    public SubtaskContext Subtask { get; }

    /// <summary>A stage of the span, from 0.</summary>
    /// <typeparam name="TStage">Its type.</typeparam>
    /// <param name="index">Its position in the span.</param>
    /// <returns>The stage.</returns>
    public TStage Stage<TStage>(int index)
        where TStage : Stage =>
        (TStage)_stages[index];

    /// <summary>What takes in the records of the span.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The receiver.</returns>
    public Receiver<T> Next<T>() => (Receiver<T>)_next!;

    /// <summary>A collector of what the span puts out.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>A new collector in front of <see cref="Next{T}"/>.</returns>
    public Collector<T> Collector<T>() => new(Next<T>(), Subtask.BatchCapacity);

    /// <summary>The hash exchange behind a span that ends in <c>KeyBy</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The exchange.</returns>
    public KeyExchange<T> Exchange<T>() => (KeyExchange<T>)_next!;

    /// <summary>Makes the clock of a <c>WithEventTime</c> of the span and puts it on record.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="stage">The stage.</param>
    /// <param name="next">Who gets the watermarks.</param>
    /// <returns>The clock.</returns>
    public EventTimeClock Clock<T>(EventTimeStage<T> stage, Receiver next) =>
        Own(new EventTimeClock(stage.Id, stage.MaxDisorder, Subtask.Lanes, next));

    /// <summary>Puts a stateful operator on record: its state becomes part of every checkpoint, and is restored before the first record.</summary>
    /// <typeparam name="TOperator">Its type.</typeparam>
    /// <param name="stateful">The operator.</param>
    /// <returns>The same operator.</returns>
    public TOperator Own<TOperator>(TOperator stateful)
        where TOperator : IStatefulOperator
    {
        _owned.Add(stateful);
        return stateful;
    }
}

/// <summary>One parallel instance of a chain, as its operators see it.</summary>
/// <param name="Chain">The chain's position in the plan.</param>
/// <param name="Index">The subtask's index in the chain.</param>
/// <param name="Parallelism">The number of subtasks of the chain.</param>
/// <param name="KeyGroupCount">The number of key groups of the job.</param>
/// <param name="BatchCapacity">The most records of a batch.</param>
/// <param name="Lanes">The inputs of the subtask that watermarks are made for.</param>
/// <param name="Counters">What is counted for the user.</param>
public sealed record SubtaskContext(
    int Chain,
    int Index,
    int Parallelism,
    int KeyGroupCount,
    int BatchCapacity,
    Lanes Lanes,
    SubtaskCounters Counters);

/// <summary>Counts of one subtask. Written by its thread, read by anyone: a reading may be a batch old.</summary>
public sealed class SubtaskCounters
{
    private long _recordsIn;
    private long _recordsOut;
    private long _late;
    private long _skipped;
    private long _watermark = long.MinValue;

    /// <summary>Gets the records read from sources.</summary>
    public long RecordsIn => Volatile.Read(ref _recordsIn);

    /// <summary>Gets the records handed to sinks.</summary>
    public long RecordsOut => Volatile.Read(ref _recordsOut);

    /// <summary>Gets the records dropped because their window had fired.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Gets the malformed records skipped because the user chose so.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Gets the newest watermark, in microseconds since the Unix epoch.</summary>
    public long Watermark => Volatile.Read(ref _watermark);

    /// <summary>Counts records read.</summary>
    public void AddIn(long count) => Volatile.Write(ref _recordsIn, _recordsIn + count);

    /// <summary>Counts records written.</summary>
    public void AddOut(long count) => Volatile.Write(ref _recordsOut, _recordsOut + count);

    /// <summary>Counts late records.</summary>
    public void AddLate(long count) => Volatile.Write(ref _late, _late + count);

    /// <summary>Counts skipped records.</summary>
    public void AddSkipped(long count) => Volatile.Write(ref _skipped, _skipped + count);

    /// <summary>Notes the newest watermark.</summary>
    public void SetWatermark(long time) => Volatile.Write(ref _watermark, time);
}
