using System.Globalization;

namespace Weir.Runtime.Scheduling;

/// <summary>Drives steppers on a few worker threads, each stepper pinned to one: spin, then yield, then park until woken or due.</summary>
/// <remarks>
/// Steppers are dealt out in turn, in the order given: list subtasks chain by chain, and sources spread over the workers. With one worker
/// everything, the coordinator included, is stepped by one thread and no record ever crosses a thread.
/// </remarks>
/// <param name="workers">The number of threads; at least 1. See <see cref="WorkersFor"/>.</param>
/// <param name="time">The clock that the steppers' deadlines are on; its timers must go with its timestamps. The system's by
/// default.</param>
internal sealed class ThreadScheduler(int workers, TimeProvider? time = null)
{
    private volatile Worker[] _workers = [];

    /// <summary>The number of workers for a job: one a core, but no more than there are subtasks.</summary>
    /// <param name="subtasks">The number of subtasks.</param>
    /// <returns>At least 1.</returns>
    public static int WorkersFor(int subtasks) => Math.Clamp(subtasks, 1, Environment.ProcessorCount);

    /// <summary>
    /// Steps until all are done, one has failed, or the run is cancelled. No stepper is stepped after the task has ended.
    /// </summary>
    /// <param name="steppers">What to drive.</param>
    /// <param name="cancellation">Cancels the run between steps.</param>
    /// <returns>How it ended; never faults.</returns>
    public Task<ScheduleOutcome> RunAsync(IReadOnlyList<IStepper> steppers, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var count = Math.Min(workers, Math.Max(1, steppers.Count));
        var run = new WorkerRun(count, time ?? TimeProvider.System, cancellation) { WakeAll = WakeAll };
        _workers = [.. Enumerable.Range(0, count).Select(i => new Worker([.. steppers.Where((_, index) => index % count == i)], run))];
        for (var i = 0; i < count; i++)
        {
            var thread = new Thread(_workers[i].Run)
            {
                IsBackground = true,
                Name = string.Create(CultureInfo.InvariantCulture, $"weir-{i}"),
            };
            thread.Start();
        }

        return EndAsync(run.Outcome, cancellation.Register(WakeAll));
    }

    /// <summary>
    /// Lets every parked worker look again: for what wakes no stepper in particular, such as work that has ended. From any thread.
    /// </summary>
    public void WakeAll()
    {
        foreach (var worker in _workers)
        {
            worker.Wake();
        }
    }

    private static async Task<ScheduleOutcome> EndAsync(Task<ScheduleOutcome> outcome, CancellationTokenRegistration registration)
    {
        await using (registration.ConfigureAwait(false))
        {
            return await outcome.ConfigureAwait(false);
        }
    }
}
