namespace Weir.Guide.Tests.Doubles;

/// <summary>Keeps what is written, with its event times, in order.</summary>
internal sealed class OrderedSink<T> : ISink<T>
{
    public string Description => "a list in memory";

    public List<(long Time, T Value)> Records { get; } = [];

    public ISinkWriter<T> Open(SinkContext context) => new Writer(Records);

    private sealed class Writer(List<(long Time, T Value)> records) : SinkWriter<T>
    {
        public override void Write(Batch<T> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                // What has no event time stays in the order in which it came.
                records.Add((batch.IsTimed ? batch.Times[i] : records.Count, batch.Values[i]));
            }
        }
    }
}
