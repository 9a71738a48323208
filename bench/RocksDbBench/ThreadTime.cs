using System.Runtime.InteropServices;

namespace Weir.Bench.RocksDbState;

/// <summary>What the calling thread has worked: on a machine that others use, too, it says more than the time that has passed.</summary>
internal static partial class ThreadTime
{
    private const int OfThread = 3;

    /// <summary>Gets the processor time of the calling thread in seconds; not a number where it cannot be told.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && ClockGetTime(OfThread, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : double.NaN;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    private readonly record struct Time(long Seconds, long Nanoseconds);
}
