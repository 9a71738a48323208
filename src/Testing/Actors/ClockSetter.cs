using Weir.Testing.Faults;

namespace Weir.Testing.Actors;

/// <summary>Sets the machine's clock back and forth (H25): nothing in a job may depend on what time of day it is.</summary>
/// <param name="time">The machine's clock.</param>
/// <param name="faults">Decides how far.</param>
/// <param name="trace">Where it is recorded.</param>
internal sealed class ClockSetter(SimulatedTime time, FaultPlan faults, SimulationTrace trace) : IActor
{
    public void Act()
    {
        if (faults.AtClock() is { } jump)
        {
            trace.Add($"*** the clock jumps by {jump}");
            time.JumpUtc(jump);
        }
    }
}
