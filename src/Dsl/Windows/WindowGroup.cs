using System.Collections;

namespace Weir;

/// <summary>The records of one key in one window, in order of arrival: what <c>Aggregate(g => …)</c> is asked about.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="T">The records.</typeparam>
/// <param name="key">The key.</param>
/// <param name="window">The window.</param>
/// <param name="records">Its records; at least one.</param>
public sealed class WindowGroup<TKey, T>(TKey key, TimeWindow window, IReadOnlyList<T> records) : IEnumerable<T>
{
    /// <summary>Gets the key.</summary>
    public TKey Key { get; } = key;

    /// <summary>Gets the window.</summary>
    public TimeWindow Window { get; } = window;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
