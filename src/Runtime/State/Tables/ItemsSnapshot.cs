namespace Weir.Runtime.State.Tables;

/// <summary>Items that lie in no table, as they were at a barrier: copied one behind the other, encoded when there is time.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TItem">What is kept of a key.</typeparam>
/// <param name="items">The items; of a key there may be several.</param>
/// <param name="keys">Writes keys.</param>
internal abstract class ItemsSnapshot<TKey, TItem>(TItem[] items, Codec<TKey> keys) : KeyedSnapshot
{
    private KeyGroupRuns<TItem>? _runs;

    /// <summary>Gets the codec of the keys.</summary>
    protected Codec<TKey> Keys => keys;

    public sealed override void Arrange(int keyGroupCount) => _runs = new(items, items.Length, keyGroupCount, (span, groups) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            groups[i] = KeyGroups.Of(keys.StableHash(KeyOf(span[i])), keyGroupCount);
        }
    });

    public sealed override bool Encode(int keyGroup, KeyGroupPiece piece)
    {
        while (_runs!.TryNext(keyGroup, out var next))
        {
            foreach (ref readonly var item in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var writer = piece.Writer();
                Write(ref writer, item);
                writer.Flush();
                _runs.Take();
            }
        }

        return true;
    }

    /// <summary>The key that an item is of.</summary>
    protected abstract TKey KeyOf(in TItem item);

    /// <summary>Writes an item, its key included.</summary>
    protected abstract void Write(ref MessagePackWriter writer, in TItem item);
}
