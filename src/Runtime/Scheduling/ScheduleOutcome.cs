namespace Weir.Runtime.Scheduling;

/// <summary>How a run of steppers ended: all done, cancelled, or by the first failure.</summary>
/// <param name="Failed">The stepper whose step threw first, or null.</param>
/// <param name="Failure">What it threw, or null.</param>
/// <param name="IsCanceled">Whether the run was cancelled before all were done.</param>
internal sealed record ScheduleOutcome(IStepper? Failed, Exception? Failure, bool IsCanceled)
{
    /// <summary>Every stepper is done.</summary>
    public static readonly ScheduleOutcome AllDone = new(null, null, false);
}
