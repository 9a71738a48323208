namespace Weir;

/// <summary>Hands each record to a function: one at a time, in the background, and as fast as it takes them.</summary>
/// <remarks>
/// At least once: a checkpoint waits until the function has had all records before it, and a restart gives it those behind the checkpoint
/// again. All subtasks share the function, so they take turns.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <param name="description">What takes the records, for messages.</param>
/// <param name="take">The function.</param>
#pragma warning disable CA1001 // A semaphore holds nothing unless somebody asks for its wait handle.
internal class FunctionSink<T>(string description, Func<T, CancellationToken, ValueTask> take) : ISink<T>
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1);

    public string Description => description;

    public ISinkWriter<T> Open(SinkContext context) => new Writer(take, _turn);

    private sealed class Writer(Func<T, CancellationToken, ValueTask> take, SemaphoreSlim turn) : SinkWriter<T>
    {
        private readonly List<T> _backlog = [];

        public override bool HasBacklog => _backlog.Count > 0;

        public override void Write(Batch<T> batch) => _backlog.AddRange(batch.Values);

        public override async ValueTask DrainAsync(CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                foreach (var record in _backlog)
                {
                    cancellation.ThrowIfCancellationRequested();
                    await take(record, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                turn.Release();
            }

            _backlog.Clear();
        }
    }
}
