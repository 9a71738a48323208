namespace Weir;

/// <summary>No windows at all: an aggregate goes on for ever, and says at each record how far it has come.</summary>
internal sealed record RunningWindow : AnyWindows
{
    private RunningWindow()
    {
    }

    public static RunningWindow Instance { get; } = new();

    /// <summary>Gets all of time: what the group of a running aggregate says that its window is.</summary>
    public static TimeWindow Always => new(long.MinValue, long.MaxValue);

    public override bool NeedsEventTime => false;

    public override string ToString() => "running";
}
