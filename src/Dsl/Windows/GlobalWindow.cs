namespace Weir;

/// <summary>One window for all records of a key. Needs no event times.</summary>
/// <remarks>It has no end, so that nothing fires it but a trigger, or the end of the stream where that is asked for.</remarks>
public sealed record GlobalWindow : WindowKind
{
    private GlobalWindow()
    {
    }

    /// <summary>Gets the window that fires when its trigger says so, and never without one.</summary>
    public static GlobalWindow Instance { get; } = new();

    /// <summary>Gets the window that fires once, at the end of the stream.</summary>
    public static GlobalWindow UntilEnd { get; } = new() { FiresAtEnd = true };

    /// <summary>Gets a value indicating whether the window fires at the end of the stream.</summary>
    public bool FiresAtEnd { get; private init; }

    /// <inheritdoc/>
    public override bool NeedsEventTime => false;

    /// <inheritdoc/>
    public override string ToString() => FiresAtEnd ? "global until the end of the stream" : "global";
}
