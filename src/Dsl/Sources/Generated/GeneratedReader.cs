namespace Weir;

/// <summary>Makes the records of one part.</summary>
/// <param name="record">Makes one.</param>
/// <param name="part">The part.</param>
/// <param name="made">How many have been made.</param>
/// <param name="count">How many there are.</param>
/// <param name="rate">Says how many may be made now; null for any number.</param>
internal sealed class GeneratedReader<T>(Func<long, T> record, SequencePart part, long made, long count, PartRate? rate) : ISplitReader<T>
{
    public Offset Offset => new(made);

    public ReadStatus Read(Batch<T> batch)
    {
        var left = Math.Min(batch.Capacity, Math.Max(0, count - made));
        var due = rate?.Due(left) ?? left;
        for (var i = 0L; i < due; i++)
        {
            batch.Add(record(part.Index + (made * part.Count)));
            made++;
        }

        return made >= count ? ReadStatus.End : due < left ? ReadStatus.Pending : ReadStatus.Available;
    }

    public void Dispose() => rate?.Dispose();
}
