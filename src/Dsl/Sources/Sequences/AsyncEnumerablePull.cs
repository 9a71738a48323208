namespace Weir;

/// <summary>Draws on an <see cref="IAsyncEnumerable{T}"/>.</summary>
/// <param name="open">Makes the sequence; called before the first move.</param>
/// <param name="skip">How many records to pass over at its beginning.</param>
internal sealed class AsyncEnumerablePull<T>(Func<IAsyncEnumerable<T>> open, long skip) : IPull<T>
{
    // Never disposed: it has no timer, and may be cancelled after the end.
    private readonly CancellationTokenSource _cancellation = new();
    private IAsyncEnumerator<T>? _records;

    public T Current => _records!.Current;

    public ValueTask<bool> MoveNextAsync() => _records is null ? BeginAsync() : _records.MoveNextAsync();

    public void Cancel() => _cancellation.Cancel();

    public ValueTask DisposeAsync() => _records?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<bool> BeginAsync()
    {
        var sequence = open() ?? throw new SequenceException("The function that From was given returned null instead of a sequence.");
        _records = sequence.GetAsyncEnumerator(_cancellation.Token);
        for (var passed = 0L; passed < skip; passed++)
        {
            if (!await _records.MoveNextAsync().ConfigureAwait(false))
            {
                throw EnumerablePull<T>.Shorter(passed, skip);
            }
        }

        return await _records.MoveNextAsync().ConfigureAwait(false);
    }
}
