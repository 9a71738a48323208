using System.Diagnostics.Metrics;

namespace Weir;

/// <summary>
/// A sink whose own transaction decides which checkpoint counts: it cannot prepare a transaction for good, so it commits last, and its
/// outcome is the decision. The job takes its arbiter, unless the options name another.
/// </summary>
/// <remarks>
/// A broker's transaction that ends with its process is of this kind. Records and the checkpoint's name become visible together, or
/// neither: what is aborted costs a replay, never data. Writers find the arbiter in <see cref="SinkContext.Arbiter"/>.
/// </remarks>
public interface IDecidingSink
{
    /// <summary>
    /// Gets what names the place that decides. Sinks with equal values share one arbiter, and become visible at one moment; a job may have
    /// only one such place.
    /// </summary>
    object Domain { get; }

    /// <summary>Makes the arbiter, once a run. Disposed at its end, if it can be.</summary>
    /// <param name="context">The job.</param>
    /// <returns>The arbiter.</returns>
    ICheckpointArbiter Decide(ArbiterContext context);
}

/// <summary>What an arbiter is told of its job.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Store">Where checkpoints are kept: the arbiter fences it, and writes manifests to it.</param>
/// <param name="Time">The clock.</param>
public sealed record ArbiterContext(string Job, ICheckpointStore Store, TimeProvider Time)
{
    /// <summary>Gets the time between checkpoints; null for none but those that are asked for, and the last.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>
    /// Gets the savepoint that the job has been told to begin with; null for none. It may have done so long ago: the option may stay.
    /// </summary>
    public string? Savepoint { get; init; }

    /// <summary>
    /// Gets what tells whether the job has begun with that savepoint before: the newest of the given checkpoints goes back to it. To be
    /// asked where the arbiter knows of no decision, and checkpoints exist.
    /// </summary>
    public Func<IReadOnlyList<CheckpointName>, CancellationToken, ValueTask<bool>> HasBegunWithSavepoint { get; init; } =
        static (_, _) => ValueTask.FromResult(false);

    /// <summary>Gets how long one call of the arbiter may take before the attempt is given up.</summary>
    public TimeSpan CallTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets the sinks that it decides for: those of the same <see cref="IDecidingSink.Domain"/>.</summary>
    public IReadOnlyList<IDecidingSink> Sinks { get; init; } = [];

    /// <summary>
    /// Gets the sources of the job: what is wrong with them is better told before an earlier process is shut out than behind that.
    /// </summary>
    public IReadOnlyList<object> Sources { get; init; } = [];

    /// <summary>Gets the job's meter: it ends with the run. Null where nobody measures.</summary>
    public Meter? Meter { get; init; }

    /// <summary>Gets what asks for a checkpoint now, beside the periodic ones. Does not wait for it. Any thread may call it.</summary>
    public Action RequestCheckpoint { get; init; } = static () => { };

    /// <summary>Gets what is told of things that are well, and good to know when something is not. Any thread may call it.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>Gets what is told of things that somebody should do something about at once. Any thread may call it.</summary>
    public Action<string> Alarm { get; init; } = static _ => { };

    /// <summary>Gets what is told of things that the user should hear of and that do not stop the job. Any thread may call it.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
