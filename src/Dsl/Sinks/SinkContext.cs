using System.Diagnostics.Metrics;

namespace Weir;

/// <summary>What the runtime tells the writer of one subtask.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Operator">The sink's id.</param>
/// <param name="Subtask">The subtask's index.</param>
/// <param name="Attempt">Which start of the job this is, from 1: never the same twice, so that names made of it collide with no earlier
/// process's.</param>
/// <param name="RunId">Which life of the job this is: the same in all attempts that continue from one another's checkpoints.</param>
/// <param name="Time">The clock: wall time in production, virtual in tests.</param>
public sealed record SinkContext(string Job, string Operator, int Subtask, long Attempt, RunId RunId, TimeProvider Time)
{
    /// <summary>
    /// Gets how many completed checkpoints the job may have to go back: those that it keeps, and those that may be under way beside the
    /// next. A transaction that was committed longer ago will not be committed again. 3 by default, as of the job.
    /// </summary>
    public int RetainedCheckpoints { get; init; } = 3;

    /// <summary>
    /// Gets how long one call of the sink may take before the attempt is given up, as <c>JobOptions.CallTimeout</c> says. A sink that tries
    /// again gives up before that, and says why. Infinite by default.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Gets whether what is restored comes from a savepoint that the job begins with: its output may be another than the savepoint's. A
    /// transaction that is pending in another output is not this job's to commit: the job that the savepoint was taken of does. False for
    /// a job that continues from its checkpoints, whose output is where it was.
    /// </summary>
    public bool BeginsWithSavepoint { get; init; }

    /// <summary>
    /// Gets who decides which checkpoint counts: for a sink that decides itself (<see cref="IDecidingSink"/>), what it made for this run.
    /// Null where a test says nothing of it.
    /// </summary>
    public ICheckpointArbiter? Arbiter { get; init; }

    /// <summary>
    /// Gets the job's meter, for instruments of the sink: it ends with the run, and outlives attempts. Null where nobody measures.
    /// </summary>
    public Meter? Meter { get; init; }

    /// <summary>Gets what is told of things that the user should hear of and that do not stop the job. Any thread may call it.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>
    /// A list that this subtask keeps in checkpoints, beside the transactions of a sink. The same list at each call with the same name.
    /// </summary>
    /// <remarks>
    /// <para>Ask for it when the writer is opened, in its constructor for instance: a checkpoint is dealt out afterwards. Use it in the
    /// calls of a <see cref="SinkWriter{T}"/>, and in <c>Begin</c> and <c>Write</c> of a
    /// <see cref="TwoPhaseCommitSink{T, TTransaction}"/>, on the thread of that call.</para>
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

    internal SubtaskLists Lists { get; init; } = SubtaskLists.Unstored;
}
