namespace Weir.Runtime.State.Tables;

/// <summary>The values of all keys in one namespace, in slots that kernels work on in place.</summary>
/// <remarks>
/// <para>The contract between kernels and backends: a kernel looks at the home slot of a hash itself, and calls <see cref="Find"/> only
/// when the key is not there. On the heap the slots are all there is; a backend on disk keeps the hot entries in them, and fetches and
/// evicts inside <see cref="Find"/>.</para>
/// <para>Open addressing with linear probing, the home slot taken from the high bits of the hash.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
internal abstract class KeyTable<TKey, TValue>
{
    /// <summary>Gets the slots; their number is a power of two.</summary>
    public StateSlot<TKey, TValue>[] Slots { get; protected set; } = [];

    /// <summary>Gets what the slots in use are marked with.</summary>
    public int Epoch { get; protected set; } = 1;

    /// <summary>Gets how far a hash is shifted to the right to give its home slot.</summary>
    public int Shift { get; protected set; } = 64;

    /// <summary>Gets the number of keys.</summary>
    public int Count { get; protected set; }

    /// <summary>
    /// Makes the table as large as one of so many keys. Whoever adds the keys of another table in the order of its slots must do so before:
    /// in a smaller table they would all meet in the first slots.
    /// </summary>
    public abstract void Reserve(int keys);

    /// <summary>The slot of a key, claimed if it is new. Take <see cref="Slots"/> anew afterwards: they may have moved.</summary>
    public abstract ref StateSlot<TKey, TValue> Find(scoped in TKey key, ulong hash);

    /// <summary>The slot of a key, or a null reference.</summary>
    public abstract ref StateSlot<TKey, TValue> FindExisting(scoped in TKey key, ulong hash);

    /// <summary>Forgets a key; returns whether there was one. Slots may move.</summary>
    public abstract bool Remove(scoped in TKey key, ulong hash);

    /// <summary>
    /// Slots to walk, for whoever visits all keys: number 0, 1 and so on until nothing comes. A walk may be left and taken up again as long
    /// as no key is added or removed. Those in use bear <see cref="Epoch"/>.
    /// </summary>
    public abstract Span<StateSlot<TKey, TValue>> Chunk(int index);
}
