namespace Weir;

/// <summary>
/// A source that puts records out beside its main stream, by <see cref="SourceContext.Emit{T}(SideOutput{T}, T)"/>. <c>Side</c> right
/// behind <c>From</c> takes them.
/// </summary>
public interface ISideSource
{
    /// <summary>Whether it emits to a side output.</summary>
    /// <typeparam name="T">The records of the side output.</typeparam>
    /// <param name="side">The tag.</param>
    /// <returns>Whether it does.</returns>
    bool EmitsTo<T>(SideOutput<T> side);
}
