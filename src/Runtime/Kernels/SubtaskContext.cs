using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>One parallel instance of a chain, as its operators see it.</summary>
/// <param name="Chain">The chain's position in the plan.</param>
/// <param name="Index">The subtask's index in the chain.</param>
/// <param name="Parallelism">The number of subtasks of the chain.</param>
/// <param name="KeyGroupCount">The number of key groups of the job.</param>
/// <param name="BatchCapacity">The most records of a batch.</param>
/// <param name="Lanes">The inputs of the subtask that watermarks are made for.</param>
/// <param name="Counters">What is counted for the user.</param>
/// <param name="Clock">The processing time of the subtask.</param>
internal sealed record SubtaskContext(
    int Chain,
    int Index,
    int Parallelism,
    int KeyGroupCount,
    int BatchCapacity,
    Lanes Lanes,
    SubtaskCounters Counters,
    ProcessingClock Clock)
{
    /// <summary>Gets whether there is room for what its operators make.</summary>
    public Flow Flow { get; init; } = new();

    /// <summary>Gets what spreads keys over tables.</summary>
    public KeySeed Seed { get; init; } = KeySeed.Fixed;

    /// <summary>Gets where keyed state lives.</summary>
    internal StateBackend Backend { get; init; } = new HeapBackend();

    /// <summary>Gets what tells the user of something that does not stop the job.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Gets what keeps the rate of warnings of late records, over all subtasks.</summary>
    internal LateWarnings LateWarnings { get; init; } = new();

    /// <summary>Gets who waits for the clock besides stateful operators.</summary>
    internal IList<IClockListener> Listeners { get; } = [];

    /// <summary>Gets the time in which the subtask could read.</summary>
    internal ReadingClock Reading { get; } = new(Clock);

    /// <summary>Gets about the most bytes of a batch that operators gather record by record.</summary>
    public long BatchCapacityBytes { get; init; } = 4L << 20;
}
