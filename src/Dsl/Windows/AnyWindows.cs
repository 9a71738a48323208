namespace Weir;

/// <summary>How the records of a key are cut into windows. Immutable; members are functions of their arguments alone.</summary>
/// <remarks>
/// <c>ToString</c> describes the windows in full: a checkpoint keeps it, and is refused by a job whose windows differ.
/// </remarks>
[Deterministic]
public abstract record AnyWindows
{
    private protected AnyWindows()
    {
    }

    /// <summary>Gets the time that windows are cut by.</summary>
    public WindowTime Time { get; init; }

    /// <summary>Gets a value indicating whether records need event times to be cut.</summary>
    public virtual bool NeedsEventTime => Time == WindowTime.Event;

    /// <summary>Gets a value indicating whether windows of a key that overlap or touch become one, as sessions do (semantics R7).</summary>
    public virtual bool AreMerging => false;

    /// <summary>What a kind says of itself, and by which time it cuts.</summary>
    private protected string Described(string windows) => Time == WindowTime.Processing ? $"{windows}, of processing time" : windows;
}
