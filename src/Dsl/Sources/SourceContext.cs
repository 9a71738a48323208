using System.Diagnostics.Metrics;

namespace Weir;

/// <summary>What the runtime tells a source.</summary>
/// <param name="Operator">The operator's id, for messages.</param>
/// <param name="Parallelism">The number of subtasks that will read.</param>
/// <param name="Time">The clock: wall time in production, virtual in tests.</param>
/// <param name="CountSkipped">Counts records that the source skipped because the user chose so.</param>
public sealed record SourceContext(string Operator, int Parallelism, TimeProvider Time, Action<long> CountSkipped)
{
    /// <summary>
    /// Gets what a reader that said <see cref="ReadStatus.Pending"/> calls, from any thread, when it may have something: it is not asked
    /// before. A reader that can only look from time to time sets a timer of <see cref="Time"/> that calls it.
    /// </summary>
    public Action Wake { get; init; } = static () => { };

    /// <summary>
    /// Gets what is told, in one sentence or two, of what the user should know though the job goes on. Call it seldom: it becomes an event
    /// of the job.
    /// </summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>
    /// Gets the job's meter, for instruments of the source: it ends with the run, and outlives attempts. Null where nobody measures.
    /// </summary>
    public Meter? Meter { get; init; }

    /// <summary>
    /// Gets what runs work that may block or take long, under a name for messages: a reader must not. Call it from <c>Open</c> or
    /// <c>Read</c>. When the work has ended the reader is asked again, as by <see cref="Wake"/>; what it throws fails the attempt. Its
    /// token
    /// is cancelled when the attempt ends, and then it may also never begin.
    /// </summary>
    public Action<string, Func<CancellationToken, ValueTask>> Background { get; init; } =
        static (_, work) => Task.Run(async () => await work(CancellationToken.None).ConfigureAwait(false));

    /// <summary>
    /// A list that this subtask keeps in checkpoints, beside the splits. The same list at each call with the same name.
    /// </summary>
    /// <remarks>
    /// <para>Ask for it in <c>Declare</c> of the source first: a checkpoint is dealt out afterwards. Use it in the calls of its readers,
    /// on the thread of that call.</para>
    /// <para>After a change of the parallelism its items are dealt out anew, as <paramref name="redistribution"/> says (semantics H3).
    /// It is held in memory, and written in full at each checkpoint. A context that a test makes holds its lists in memory.</para>
    /// </remarks>
    /// <typeparam name="T">The items: need a codec. Named in the call, so that the compiler sees which.</typeparam>
    /// <param name="name">What it is found by in checkpoints. Unique within the operator.</param>
    /// <param name="redistribution">Who gets the items after a restore.</param>
    /// <param name="formerNames">Names that it had before.</param>
    /// <returns>The list.</returns>
    /// <exception cref="InvalidOperationException">It is asked for too late, or was asked for as something else.</exception>
    public OperatorListState<T> ListState<T>(
        string name, Redistribution redistribution = Redistribution.Split, params string[] formerNames) =>
        Lists.Open<T>(name, redistribution, formerNames);

    /// <summary>
    /// Gets a value indicating whether readers are to give records their event times (<see cref="ITimedSource"/>): then all of a batch
    /// have one.
    /// </summary>
    public bool WantsTimes { get; init; }

    /// <summary>Whether somebody takes the records of a side output. A source may then do what else would cost too much.</summary>
    /// <typeparam name="T">The records of the side output.</typeparam>
    /// <param name="side">The tag.</param>
    /// <returns>Whether somebody does.</returns>
    public bool HasSide<T>(SideOutput<T> side) => Sides?.Has(side) == true;

    /// <summary>
    /// Puts a record out beside the main stream; without event time. Call it from <c>Read</c>: what is emitted there belongs to the offset
    /// behind that call, so that a record comes once for each time that the job reads on. Dropped if nobody takes it.
    /// </summary>
    /// <typeparam name="T">The records of the side output.</typeparam>
    /// <param name="side">The tag, which the source says that it emits to (<see cref="ISideSource"/>).</param>
    /// <param name="record">The record.</param>
    public void Emit<T>(SideOutput<T> side, T record) => Sides?.Emit(side, record);

    internal ISourceSides? Sides { get; init; }

    internal SubtaskLists Lists { get; init; } = SubtaskLists.Unstored;
}
