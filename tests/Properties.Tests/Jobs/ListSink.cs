namespace Weir.Properties.Tests.Jobs;

/// <summary>Keeps what is written, from all subtasks.</summary>
internal sealed class ListSink<T> : ISink<T>
{
    private readonly Lock _lock = new();

    public string Description => "a list in memory";

    public List<T> Records { get; } = [];

    public ISinkWriter<T> Open(SinkContext context) => new Writer(this);

    private sealed class Writer(ListSink<T> sink) : SinkWriter<T>
    {
        public override void Write(Batch<T> batch)
        {
            lock (sink._lock)
            {
                sink.Records.AddRange(batch.Values);
            }
        }
    }
}
