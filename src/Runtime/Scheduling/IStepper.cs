namespace Weir.Runtime.Scheduling;

/// <summary>A single-threaded state machine that a scheduler drives: a subtask, the coordinator.</summary>
/// <remarks>
/// The same code runs under <see cref="ThreadScheduler"/> in production and under the simulator, which chooses by seed who steps next. A
/// step never blocks, never sleeps and reads time only from the <see cref="TimeProvider"/> it was built with. One thread at a time; what it
/// throws fails the job.
/// </remarks>
internal interface IStepper
{
    /// <summary>Gets its name, for messages and thread names.</summary>
    string Name { get; }

    /// <summary>
    /// Sets what the stepper calls, from any thread, whenever a mailbox, a channel or a reader of it has changed: an idle one is stepped
    /// again only then, at its deadline, or when work on the pool has ended. Set before the first step.
    /// </summary>
    Action? Wake { set; }

    /// <summary>Does a bounded piece of work.</summary>
    /// <returns>Whether there was any, and when there will be.</returns>
    StepResult Step();
}
