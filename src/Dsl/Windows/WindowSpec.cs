namespace Weir;

/// <summary>How a keyed stream is cut into windows, when they fire, and what becomes of what is late. Immutable.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed record WindowSpec<T>
{
    internal WindowSpec(AnyWindows kind) => Kind = kind;

    /// <summary>Gets the windows.</summary>
    public AnyWindows Kind { get; internal init; }

    /// <summary>Gets where late records go; null if they are dropped.</summary>
    public Graph.StageOutput<T>? Late { get; internal init; }

    /// <summary>Gets the form in which they are kept.</summary>
    public WindowForm Form => Kind switch
    {
        AlignedWindows { Time: WindowTime.Event } => WindowForm.Sliced,
        SessionWindow { Time: WindowTime.Event } => WindowForm.Session,
        CountWindow => WindowForm.Counted,
        _ => WindowForm.General,
    };
}
