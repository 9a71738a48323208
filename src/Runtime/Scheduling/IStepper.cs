namespace Weir.Runtime.Scheduling;

/// <summary>A single-threaded state machine that a scheduler drives: a subtask, the coordinator.</summary>
/// <remarks>
/// The same code runs under <see cref="ThreadScheduler"/> in production and under the simulator, which chooses by seed who steps next. A step never blocks,
/// never sleeps and reads time only from the <see cref="TimeProvider"/> it was built with. One thread at a time; what it throws fails the job.
/// </remarks>
public interface IStepper
{
    /// <summary>Gets its name, for messages and thread names.</summary>
    string Name { get; }

    /// <summary>Does a bounded piece of work.</summary>
    /// <returns>Whether there was any, and whether there will be.</returns>
    StepResult Step();
}
