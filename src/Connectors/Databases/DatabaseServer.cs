namespace Weir.Databases;

/// <summary>Where a sink finds its database, and what failures of it mean.</summary>
/// <param name="product">What it is, for messages: <c>PostgreSQL</c>.</param>
/// <param name="address">Where it is, for messages: host, port and database, and no password.</param>
internal abstract class DatabaseServer(string product, string address)
{
    /// <summary>Gets what it is, for messages.</summary>
    public string Product => product;

    /// <summary>Gets where it is, for messages.</summary>
    public string Address => address;

    /// <summary>
    /// Whether the same may succeed a little later: the connection broke, the server restarts or is short of something, locks are in the
    /// way.
    /// </summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>Whether the row or the command itself was refused, so that it will be again.</summary>
    public abstract bool IsRefusal(Exception failure);

    /// <summary>Whether the server lets this user into this database by no means: no further try helps.</summary>
    public abstract bool IsDenied(Exception failure);

    /// <summary>What the server said, as sentences.</summary>
    public abstract string TextOf(Exception failure);

    /// <summary>Whether this is what a connection that is broken already may throw when it is closed.</summary>
    public abstract bool IsOfBrokenConnection(Exception failure);

    /// <summary>Runs something, and again while it fails for reasons that pass.</summary>
    /// <param name="doing">What, for messages: <c>Committing …</c>.</param>
    /// <param name="context">The clock, the limit, and who is told.</param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="IOException">It failed for so long that there is no time left.</exception>
    /// <exception cref="SinkException">The server lets this user in by no means.</exception>
    public async ValueTask<TResult> RetryAsync<TResult>(
        string doing, SinkContext context, Func<CancellationToken, ValueTask<TResult>> work, CancellationToken cancellation)
    {
        var retry = new Retry(context.Time, context.CallTimeout);
        while (true)
        {
            try
            {
                return await work(cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                await WaitAsync(retry, doing, failure, context, cancellation).ConfigureAwait(false);
            }
            catch (Exception denied) when (IsDenied(denied))
            {
                throw new SinkException(
                    $"{doing} failed: {product} at {address} refuses the connection: {TextOf(denied)} Look at the user, the password and "
                        + "the database of the connection string, and at what the server grants that user.",
                    denied);
            }
        }
    }

    /// <summary>Waits before another try, or says why there is none. The user hears of the first.</summary>
    public async ValueTask WaitAsync(
        Retry retry, string doing, Exception failure, SinkContext context, CancellationToken cancellation)
    {
        if (retry.Waits == 0)
        {
            context.Warn($"{doing} failed, and is tried again: {product} at {address} said: {TextOf(failure)}");
        }

        if (!await retry.WaitAsync(cancellation).ConfigureAwait(false))
        {
            throw new IOException(
                $"{doing} failed, and went on failing for as long as one call may take (JobOptions.CallTimeout). "
                    + $"{product} at {address} said last: {TextOf(failure)}",
                failure);
        }
    }

    /// <summary>Closes a connection, whatever state it is in: what broke it is known.</summary>
    public async ValueTask CloseAsync(IAsyncDisposable connection)
    {
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfBrokenConnection(failure))
        {
        }
    }
}
