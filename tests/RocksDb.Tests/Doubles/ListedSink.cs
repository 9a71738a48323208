namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>A list, for all subtasks. What is written is there at once: for jobs that do not fail.</summary>
internal sealed class ListedSink : ISink<string>
{
    private readonly List<string> _rows = [];

    public string Description => "a list";

    /// <summary>Gets what was written, in ordinal order.</summary>
    public IReadOnlyList<string> Rows
    {
        get
        {
            lock (_rows)
            {
                return [.. _rows.Order(StringComparer.Ordinal)];
            }
        }
    }

    public ISinkWriter<string> Open(SinkContext context) => new Writer(_rows);

    private sealed class Writer(List<string> rows) : SinkWriter<string>
    {
        public override void Write(Batch<string> batch)
        {
            lock (rows)
            {
                rows.AddRange(batch.Values.ToArray());
            }
        }
    }
}
