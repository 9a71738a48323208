namespace Weir;

/// <summary>What the results of a window that fires more than once are made of.</summary>
public enum WindowResults
{
    /// <summary>All records so far.</summary>
    Accumulating,

    /// <summary>The records since the last fire.</summary>
    Discarding,

    /// <summary>All records so far, together with the result before: <see cref="Change{T}"/>.</summary>
    Retracting,
}
