using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>One parallel instance of a chain, as its operators see it.</summary>
internal sealed record SubtaskContext
{
    // In order of the operators' ids.
    private readonly SortedList<string, StateBackend> _backends = new(StringComparer.Ordinal);

    public SubtaskContext(JobContext job, int chain, int index, int parallelism)
    {
        (Job, Chain, Index, Parallelism) = (job, chain, index, parallelism);
        Warn = job.Warn;
        Clock = new ProcessingClock(job.Time);
        Reading = new ReadingClock(Clock);
    }

    /// <summary>Gets the attempt that it is part of.</summary>
    public JobContext Job { get; }

    /// <summary>Gets where the keyed state of its operators lives, one by one.</summary>
    public IEnumerable<StateBackend> Backends => _backends.Values;

    /// <summary>Gets the chain's position in the plan.</summary>
    public int Chain { get; }

    /// <summary>Gets the subtask's index in the chain.</summary>
    public int Index { get; }

    /// <summary>Gets the number of subtasks of the chain.</summary>
    public int Parallelism { get; }

    /// <summary>Gets the inputs that watermarks are made for: of the subtask, or of a span behind a window.</summary>
    public Lanes Lanes { get; init; } = new();

    /// <summary>Gets what tells the user of something that does not stop the job.</summary>
    /// <remarks>Not <see cref="JobContext.Warn"/>, which any thread calls: what a subtask says comes in order with its reports.</remarks>
    public Action<string> Warn { get; init; }

    /// <summary>Gets what is counted for the user.</summary>
    public SubtaskCounters Counters { get; } = new();

    /// <summary>Gets the processing time of the subtask.</summary>
    public ProcessingClock Clock { get; }

    /// <summary>Gets whether there is room for what its operators make.</summary>
    public Flow Flow { get; } = new();

    /// <summary>Gets who waits for the clock besides stateful operators.</summary>
    public IList<IClockListener> Listeners { get; } = [];

    /// <summary>Gets the time in which the subtask could read.</summary>
    public ReadingClock Reading { get; }

    /// <summary>Where the keyed state of an operator lives: the same each time.</summary>
    /// <param name="id">The operator's id.</param>
    public StateBackend BackendOf(string id)
    {
        if (!_backends.TryGetValue(id, out var backend))
        {
            var owned = KeyGroups.RangeOf(Index, Job.KeyGroupCount, Parallelism);
            backend = Job.Backend.Begin(new StateOwner(Job.Name, Job.Attempt, Chain, Index, id, Job.KeyGroupCount, owned, Warn));
            _backends.Add(id, backend);
            Counters.Of(id).State = () => backend.Figures;
        }

        return backend;
    }

    /// <summary>The job as the helpers of one operator see it: with where its state lives.</summary>
    /// <param name="id">The operator's id.</param>
    public JobContext JobOf(string id) => Job with { Backend = BackendOf(id) };
}
