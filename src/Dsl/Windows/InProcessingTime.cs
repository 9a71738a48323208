namespace Weir;

/// <summary>Verbs of windows.</summary>
public static class WindowVerbs
{
    /// <summary>The same windows, cut by the time at which records are seen: the job's clock.</summary>
    /// <remarks>
    /// Needs no event times; no record is late. The results of a replay differ, for the clock goes on.
    /// </remarks>
    /// <typeparam name="TWindows">The kind of windows.</typeparam>
    /// <param name="windows">The windows.</param>
    /// <returns>The windows of processing time.</returns>
    public static TWindows InProcessingTime<TWindows>(this TWindows windows)
        where TWindows : AnyWindows
    {
        ArgumentNullException.ThrowIfNull(windows);
        AnyWindows described = windows;
        return (TWindows)(described with { Time = WindowTime.Processing });
    }
}
