namespace Weir;

/// <summary>The accumulator of a reduction: nothing yet, or what the records so far were made to.</summary>
/// <typeparam name="T">The records.</typeparam>
public struct Reduced<T>
{
    /// <summary>Whether there was a record.</summary>
    public bool HasValue;

    /// <summary>What the records so far were made to.</summary>
    public T Value;
}
