namespace Weir;

internal sealed class CountEvictors(long count) : Evictor
{
    public override Evictor<T> For<T>() => new CountEvictor<T>(count);
}

/// <summary>Keeps the last records that came.</summary>
internal sealed class CountEvictor<T>(long count) : Evictor<T>
{
    public override string ToString() => FormattableString.Invariant($"all but the last {count} records");

    public override void Evict(List<WindowRecord<T>> records, EvictionContext context)
    {
        if (records.Count > count)
        {
            records.RemoveRange(0, records.Count - (int)count);
        }
    }
}
