namespace Weir;

/// <summary>The key of a stream that <c>WindowAll</c> cuts: all records have it.</summary>
public readonly record struct NoKey
{
    /// <inheritdoc/>
    public override string ToString() => "all";
}
