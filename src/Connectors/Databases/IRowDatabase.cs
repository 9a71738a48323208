namespace Weir.Databases;

/// <summary>A database whose transactions can be prepared, as <see cref="RowTransactions{T}"/> needs it.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface IRowDatabase<T>
{
    /// <summary>Begins a transaction of its own session.</summary>
    /// <param name="number">Which one of this writer it is.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    ValueTask<IRowSession<T>> BeginAsync(long number, CancellationToken cancellation);

    /// <summary>What a transaction is called, for a person who looks for it.</summary>
    /// <param name="number">Which one of this writer it is.</param>
    /// <param name="checkpoint">The checkpoint that it is prepared for.</param>
    string NameOf(long number, CheckpointName checkpoint);

    /// <summary>Whether a transaction was prepared whose session broke meanwhile. Waits until the server knows.</summary>
    ValueTask<bool> IsPreparedAsync(long number, string name, ulong id, CancellationToken cancellation);

    /// <summary>Says which row was refused.</summary>
    /// <param name="refused">What the server said.</param>
    /// <param name="rows">The rows of the piece.</param>
    /// <param name="before">How many rows of the transaction were sent before.</param>
    SinkException Refused(Exception refused, IReadOnlyList<T> rows, long before);
}

/// <summary>A session with a transaction open in it.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface IRowSession<T> : IAsyncDisposable
{
    /// <summary>Gets the number that the server gave the transaction; 0 if it gives none.</summary>
    ulong Id { get; }

    /// <summary>Sends rows, and waits until the server has taken them all.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="before">How many rows of the transaction were sent before, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    ValueTask SendAsync(IReadOnlyList<T> rows, long before, CancellationToken cancellation);

    /// <summary>Prepares the transaction: afterwards it outlives the session, and the server.</summary>
    /// <param name="name">What <see cref="IRowDatabase{T}.NameOf"/> says.</param>
    /// <param name="checkpoint">The checkpoint that it is prepared for.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    ValueTask PrepareAsync(string name, CheckpointName checkpoint, CancellationToken cancellation);
}
