namespace Weir.Wire;

/// <summary>
/// Sets as an array in order of the items' bytes, so that equal sets have equal bytes; null as nil. A comparer is not kept: with another
/// than the default one they are refused.
/// </summary>
/// <typeparam name="TSet">The set.</typeparam>
/// <typeparam name="TItem">Its items.</typeparam>
/// <param name="make">Makes the set of items that are nobody else's.</param>
public sealed class SetCodec<TSet, TItem>(Func<TItem[], TSet> make) : Codec<TSet>
    where TSet : IEnumerable<TItem>
{
    /// <inheritdoc/>
    public override Schema Schema => new("set", [new("item", Codecs.Of<TItem>().Schema)]) { Kind = SchemaKind.Set };

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, in TSet value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ExactCollection.Check(value);
        Comparers.CheckSet<TItem>(value, isSorted: !typeof(TSet).IsInterface);
        var codec = Codecs.Of<TItem>();
        var entries = new SortedEntries();
        foreach (var item in value)
        {
            entries.AddKey(codec, item);
        }

        writer.WriteArrayHeader(entries.Count);
        entries.CopyTo(ref writer);
    }

    /// <inheritdoc/>
    public override TSet Read(ref MessagePackReader reader)
    {
        return WireItems.TryRead<TItem>(ref reader, out var items) ? make(items) : default!;
    }
}
