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

    /// <summary>Gets what is told of things that the user should hear of and that do not stop the job. Any thread may call it.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
