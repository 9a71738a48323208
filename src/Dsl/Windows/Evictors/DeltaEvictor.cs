namespace Weir;

/// <summary>Takes out what differs too much from the last record.</summary>
internal sealed class DeltaEvictor<T>(double threshold, Func<T, T, double> delta) : Evictor<T>
{
    public override string ToString() => FormattableString.Invariant($"records that differ from the last by {threshold} and more");

    public override void Evict(List<WindowRecord<T>> records, EvictionContext context)
    {
        if (records.Count > 0)
        {
            var last = records[^1].Value;
            records.RemoveAll(record => delta(record.Value, last) >= threshold);
        }
    }
}
