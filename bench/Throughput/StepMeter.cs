using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Bench;

/// <summary>The longest of many steps, in time of this thread alone: what others do on the machine is no pause of ours.</summary>
/// <remarks>
/// What a collection of garbage does on this thread counts, as it keeps it from its step. How long collections stopped the longest step,
/// and all steps, is told of apart, in wall time: what is left of a pause when they are taken away is ours.
/// </remarks>
internal sealed partial class StepMeter
{
    private readonly TimeSpan _collected = GC.GetTotalPauseDuration();
    private double _longest;
    private double _collectedInLongest;
    private double _all;
    private int _steps;

    /// <summary>Makes a step.</summary>
    public void Step(Action step)
    {
        var (start, collected) = (CpuMilliseconds(), GC.GetTotalPauseDuration());
        step();
        var time = CpuMilliseconds() - start;
        (_all, _steps) = (_all + time, _steps + 1);
        if (time > _longest)
        {
            (_longest, _collectedInLongest) = (time, (GC.GetTotalPauseDuration() - collected).TotalMilliseconds);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_steps,6:N0} steps, {_all,7:F0} ms, longest {_longest,6:F2} ms (collections {_collectedInLongest:F0}), "
            + $"collections {(GC.GetTotalPauseDuration() - _collected).TotalMilliseconds,4:F0} ms");

    /// <summary>The time that this thread has run.</summary>
    public static double CpuMilliseconds()
    {
        _ = GetTime(3, out var time);
        return (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Instant instant);

    [StructLayout(LayoutKind.Sequential)]
    private struct Instant
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
