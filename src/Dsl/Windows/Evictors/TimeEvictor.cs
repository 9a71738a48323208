namespace Weir;

internal sealed class TimeEvictors(long keep) : Evictor
{
    public override Evictor<T> For<T>() => new TimeEvictor<T>(keep);
}

/// <summary>Keeps what is not too much older than the newest.</summary>
internal sealed class TimeEvictor<T>(long keep) : Evictor<T>
{
    public override string ToString() => $"records {Graph.StageFacts.Span(keep)} and more before the newest";

    public override void Evict(List<WindowRecord<T>> records, EvictionContext context)
    {
        if (records.Count == 0 || records[0].Time == long.MinValue)
        {
            return;
        }

        var newest = long.MinValue;
        foreach (var record in records)
        {
            newest = Math.Max(newest, record.Time);
        }

        var cutoff = newest < long.MinValue + keep ? long.MinValue : newest - keep;
        records.RemoveAll(record => record.Time <= cutoff);
    }
}
