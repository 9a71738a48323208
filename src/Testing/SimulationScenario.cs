using Weir.Runtime.Files.Disk;

namespace Weir.Testing;

/// <summary>What a simulation runs: a pipeline, its input, and what must come out whatever happens on the way.</summary>
/// <param name="Build">Makes the job anew for each simulated process, on the file system that the process sees: give it to all file sources and sinks.</param>
public sealed record SimulationScenario(Func<IFileSystem, Job> Build)
{
    /// <summary>Gets the files that are there at the start: absolute path and text.</summary>
    public IReadOnlyList<(string Path, string Text)> Inputs { get; init; } = [];

    /// <summary>Gets what must come out, for each output directory.</summary>
    public IReadOnlyList<ExpectedOutput> Expected { get; init; } = [];

    /// <summary>Gets how the job runs. Store, clock and events are the simulation's own.</summary>
    public JobOptions Options { get; init; } = new();

    /// <summary>Gets a value indicating whether each process runs the job with another parallelism.</summary>
    public bool Rescales { get; init; }

    /// <summary>Gets what may go wrong.</summary>
    public SimulationFaults Faults { get; init; } = new();
}

/// <summary>What must have become visible in a directory when the job is done.</summary>
/// <param name="Directory">The directory, absolute.</param>
/// <param name="Rows">The lines of all visible files together, in any order; null to take what comes.</param>
public sealed record ExpectedOutput(string Directory, IReadOnlyCollection<string>? Rows);
