using Weir.Runtime.Files.Disk;
using Weir.Runtime.Subtasks;

namespace Weir.Testing;

/// <summary>What a simulation runs: a pipeline, its input, and what must come out whatever happens on the way.</summary>
/// <param name="Build">Makes the job anew for each simulated process, on the file system that the process sees: give it to all file sources
/// and sinks.</param>
public sealed record SimulationScenario(Func<IFileSystem, Job> Build)
{
    /// <summary>Gets the files that are there at the start: absolute path and text.</summary>
    public IReadOnlyList<(string Path, string Text)> Inputs { get; init; } = [];

    /// <summary>Gets what must come out, for each output directory.</summary>
    public IReadOnlyList<ExpectedOutput> Expected { get; init; } = [];

    /// <summary>Gets how the job runs. Store, clock and events are the simulation's own.</summary>
    public JobOptions Options { get; init; } = new();

    /// <summary>
    /// Gets who decides which checkpoint is the recovery point, made for each process on its files and store; null for the store.
    /// </summary>
    public Func<IFileSystem, ICheckpointStore, ICheckpointArbiter>? Arbiter { get; init; }

    /// <summary>Gets a value indicating whether each process runs the job with another parallelism.</summary>
    public bool Rescales { get; init; }

    /// <summary>Gets other jobs that are run on the same machine.</summary>
    public IReadOnlyList<SimulationRival> Rivals { get; init; } = [];

    /// <summary>Gets how many records an attempt may drop as late at most; null for any number.</summary>
    public long? MaxLate { get; init; }

    /// <summary>Gets what somebody asks of the job while it runs. Nothing by default.</summary>
    public SimulationRequests Requests { get; init; } = new();

    /// <summary>
    /// Gets where state lives, made for each process on the files that it sees; null for what <see cref="Options"/> say.
    /// </summary>
    internal Func<IFileSystem, StateBackend>? Backend { get; init; }

    /// <summary>
    /// Gets what stands between each process's checkpoint store and its files, so that a mistake can be put there; null for nothing.
    /// </summary>
    internal Func<IFileSystem, IFileSystem>? StoreFiles { get; init; }

    /// <summary>Gets what stands in front of each process's checkpoint store, to put a mistake there; null for nothing.</summary>
    internal Func<ICheckpointStore, ICheckpointStore>? Store { get; init; }

    /// <summary>Gets what puts a mistake into each subtask, so that it can be seen that the mistake is found; null for none.</summary>
    internal Func<ISubtask, ISubtask>? Breaks { get; init; }

    /// <summary>Gets what may go wrong.</summary>
    public SimulationFaults Faults { get; init; } = new();
}

/// <summary>
/// Another job that is started once the simulated one has completed a checkpoint. Nothing fails in it but what the two do to each other.
/// </summary>
/// <param name="Build">Makes the job, as <see cref="SimulationScenario.Build"/> does.</param>
public sealed record SimulationRival(Func<IFileSystem, Job> Build)
{
    /// <summary>Gets where it keeps its checkpoints. The simulated job's own directory is <c>/checkpoints</c>.</summary>
    public string CheckpointDirectory { get; init; } = "/checkpoints";

    /// <summary>
    /// Gets a value indicating whether it wants to write where it may not: then it must say so and stop, and leave nothing behind.
    /// </summary>
    public bool MustBeRefused { get; init; }

    /// <summary>Gets what must come out of it, for each output directory.</summary>
    public IReadOnlyList<ExpectedOutput> Expected { get; init; } = [];
}

/// <summary>What must have become visible in a directory when the job is done.</summary>
/// <param name="Directory">The directory, absolute.</param>
/// <param name="Rows">The lines of all visible files together, in any order; null to take what comes.</param>
public sealed record ExpectedOutput(string Directory, IReadOnlyCollection<string>? Rows)
{
    /// <summary>Gets a value indicating whether rows may come more than once: at least once is what is promised.</summary>
    public bool MayRepeat { get; init; }
}
