namespace Weir.Execution.Tests.Docs;

/// <summary>Writes each record as a line, as soon as it comes: at least once. The page <c>write-a-sink.md</c> quotes it.</summary>
internal sealed class Lines<T>(TextWriter output) : ISink<T>
{
    public string Description => "lines of text";

    public ISinkWriter<T> Open(SinkContext context) => new LineWriter<T>(output);
}

internal sealed class LineWriter<T>(TextWriter output) : SinkWriter<T>
{
    public override void Write(Batch<T> batch)
    {
        foreach (var record in batch.Values)
        {
            output.WriteLine(record);
        }
    }

    // The checkpoint that waits for this does not replay what was written before it.
    public override async ValueTask FlushAsync(CancellationToken cancellation) => await output.FlushAsync(cancellation);
}
