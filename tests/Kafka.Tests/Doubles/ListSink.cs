using System.Collections.Concurrent;

namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>Keeps what comes.</summary>
internal sealed class ListSink<T> : ISink<T>
{
    public ConcurrentQueue<T> Records { get; } = [];

    public string Description => "a list";

    public ISinkWriter<T> Open(SinkContext context) => new Writer(Records);

    private sealed class Writer(ConcurrentQueue<T> records) : SinkWriter<T>
    {
        public override void Write(Batch<T> batch)
        {
            foreach (var record in batch.Values)
            {
                records.Enqueue(record);
            }
        }
    }
}
