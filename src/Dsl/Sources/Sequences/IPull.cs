namespace Weir;

/// <summary>A sequence that is drawn on record by record. One call at a time; it may block or wait as long as it likes.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface IPull<T> : IAsyncDisposable
{
    /// <summary>Gets the record that the last move came to.</summary>
    T Current { get; }

    /// <summary>Goes on to the next record.</summary>
    /// <returns>Whether there is one.</returns>
    ValueTask<bool> MoveNextAsync();

    /// <summary>Asks a move under way to end early.</summary>
    void Cancel();
}
