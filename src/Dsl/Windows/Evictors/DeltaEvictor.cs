namespace Weir;

/// <summary>Takes out what differs too much from the last record.</summary>
internal sealed class DeltaEvictor<T>(double threshold, Func<T, T, double> delta) : Evictor<T>
{
    public override void Evict(List<WindowRecord<T>> records, EvictionContext context)
    {
        if (records.Count > 0)
        {
            var last = records[^1].Value;
            records.RemoveAll(record => delta(record.Value, last) >= threshold);
        }
    }
}
