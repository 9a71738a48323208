using Weir.Runtime.Scheduling;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Time;

/// <summary>What the clock of one <c>WithEventTime</c> in one subtask is put together from.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="Lanes">The inputs of the subtask.</param>
/// <param name="Clock">The processing time of the subtask.</param>
/// <param name="Reading">The time in which the subtask could read.</param>
internal sealed record ClockParts(string Id, Lanes Lanes, ProcessingClock Clock, ReadingClock Reading)
{
    /// <summary>Gets where it shows how many inputs are silent.</summary>
    public OperatorCounters Counters { get; init; } = new(Id);

    /// <summary>Gets how far out of order records may come.</summary>
    public Disorder Disorder { get; init; }

    /// <summary>Gets what makes the watermarks from records; null if the disorder does.</summary>
    public ILaneGenerators? Generators { get; init; }

    /// <summary>Gets the processing time between two watermarks, in microseconds; null if each batch makes one.</summary>
    public long? Interval { get; init; }

    /// <summary>Gets the silence after which a lane is not waited for, in microseconds; null if it always is.</summary>
    public long? IdleAfter { get; init; }

    /// <summary>Gets the group whose inputs wait for one another; null if these wait for nobody.</summary>
    public AlignedMember? Aligned { get; init; }

    /// <summary>Gets where it leaves word of what moved its watermarks.</summary>
    public WatermarkTrail Trail { get; init; } = new();
}
