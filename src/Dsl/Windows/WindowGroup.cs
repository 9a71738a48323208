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
    private IReadOnlyList<T>? _records = records;

    /// <summary>Gets the key.</summary>
    public TKey Key { get; } = key;

    /// <summary>Gets the window.</summary>
    public TimeWindow Window { get; } = window;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => (_records ?? throw new InvalidOperationException(
        $"The records of the key '{Key}' in {Window} were asked for after their result had been made, when they are gone. Keep a copy "
        + "instead (ToList) where a function hands them out other than by its result.")).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The result is made, and the list of the records is going to hold others.</summary>
    internal void Close() => _records = null;
}
