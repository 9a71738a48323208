namespace Weir.Generators.Fuzz;

/// <summary>Keeps the texts that are written.</summary>
internal sealed class TextSink : ISink<string>
{
    private readonly Lock _lock = new();

    public string Description => "a list in memory";

    public List<string> Records { get; } = [];

    public ISinkWriter<string> Open(SinkContext context) => new Writer(this);

    private sealed class Writer(TextSink sink) : SinkWriter<string>
    {
        public override void Write(Batch<string> batch)
        {
            lock (sink._lock)
            {
                sink.Records.AddRange(batch.Values);
            }
        }
    }
}
