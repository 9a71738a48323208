namespace Weir.Databases;

/// <summary>A database that puts rows in by their keys, as <see cref="UpsertWriter{TIn, T}"/> needs it.</summary>
/// <typeparam name="T">What rows are made of.</typeparam>
internal interface IUpsertDatabase<T>
{
    /// <summary>Asks what the table is like, before the first row.</summary>
    /// <exception cref="SinkException">Rows could not be put in.</exception>
    ValueTask StartAsync(CancellationToken cancellation);

    /// <summary>Connects, and runs everything once without a row: what is not allowed shows now.</summary>
    ValueTask<IUpsertSession<T>> BeginAsync(CancellationToken cancellation);

    /// <summary>Says which row was refused, or, if there are none, what is not allowed.</summary>
    SinkException Refused(Exception refused, IReadOnlyList<UpsertRow<T>> rows);
}

/// <summary>A connection through which rows go into the table.</summary>
/// <typeparam name="T">What rows are made of.</typeparam>
internal interface IUpsertSession<T> : IAsyncDisposable
{
    /// <summary>Puts rows into the table, all or none.</summary>
    ValueTask SendAsync(IReadOnlyList<UpsertRow<T>> rows, CancellationToken cancellation);
}
