using System.Runtime.CompilerServices;

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
/// <param name="clock">The clock of the state that it is of.</param>
internal abstract class KeyTable<TKey, TValue>(EpochClock clock)
{
    /// <summary>Gets the slots; their number is a power of two.</summary>
    public StateSlot<TKey, TValue>[] Slots { get; protected set; } = [];

    /// <summary>Gets what a slot is marked with that has been touched since the last barrier: a kernel may go on changing it.</summary>
    /// <remarks>
    /// A slot that has not is in use, too, if its mark is at least <see cref="Base"/>. To a kernel it looks like a key that is not at its
    /// home, and <see cref="Find"/> first puts it aside for a snapshot that is being taken, then marks it.
    /// </remarks>
    public int Epoch => clock.Now + Offset;

    /// <summary>Gets the lowest mark of a slot in use: emptying a table is one increment.</summary>
    public int Base { get; protected set; } = 1;

    /// <summary>Gets how far the marks of this table are ahead of the clock: one for each time that it was emptied.</summary>
    protected int Offset { get; set; }

    /// <summary>Gets how far a hash is shifted to the right to give its home slot.</summary>
    public int Shift { get; protected set; } = 64;

    /// <summary>Whether a slot with this mark is in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsUsed(int mark) => (uint)(mark - Base) <= (uint)(Epoch - Base);

    /// <summary>Gets the number of keys.</summary>
    public int Count { get; protected set; }

    /// <summary>
    /// Makes the table as large as one of so many keys. Whoever adds the keys of another table in the order of its slots must do so before:
    /// in a smaller table they would all meet in the first slots.
    /// </summary>
    public void Reserve(int keys)
    {
        while (!TryReserve(keys, int.MaxValue))
        {
        }
    }

    /// <summary>Does a portion of what <see cref="Reserve"/> does.</summary>
    /// <param name="keys">The number of keys.</param>
    /// <param name="portion">At most how many slots are cleared or moved.</param>
    /// <returns>Whether the table is as large; if not, ask again, with the same number.</returns>
    public abstract bool TryReserve(int keys, int portion);

    /// <summary>Forgets what a portion of the slots point to, before the table is emptied as a whole: that would take long.</summary>
    /// <remarks>No key may be asked for from now on.</remarks>
    /// <param name="portion">At most how many slots.</param>
    /// <returns>Whether nothing is left to forget.</returns>
    public abstract bool TryEmpty(int portion);

    /// <summary>The slot of a key, claimed if it is new. Take <see cref="Slots"/> anew afterwards: they may have moved.</summary>
    public abstract ref StateSlot<TKey, TValue> Find(scoped in TKey key, ulong hash);

    /// <summary>The slot of a key, or a null reference. Other keys stay where they are.</summary>
    public abstract ref StateSlot<TKey, TValue> FindExisting(scoped in TKey key, ulong hash);

    /// <summary>Forgets a key; returns whether there was one. Slots may move.</summary>
    public abstract bool Remove(scoped in TKey key, ulong hash);

    /// <summary>
    /// Slots to walk, for whoever visits all keys: number 0, 1 and so on until nothing comes. A walk may be left and taken up again as long
    /// as no key is looked for. After that it is taken up at the next chunk only, and comes to all keys that have been neither looked for
    /// nor moved. <see cref="IsUsed"/> tells slots in use. Who changes a value calls <see cref="Keep"/> before.
    /// </summary>
    public abstract Span<StateSlot<TKey, TValue>> Chunk(int index);

    /// <summary>Gets a value indicating whether it is of use to say which keys a batch has, before they are looked for.</summary>
    public virtual bool Prefetches => false;

    /// <summary>Fetches those keys of a batch at once that are not here. They may still have to be looked for.</summary>
    /// <param name="keys">The keys; what is null is passed over.</param>
    /// <param name="hashes">Their hashes.</param>
    public virtual void Prefetch(ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes)
    {
    }

    /// <summary>Whether a slot, as it is in a chunk, is in use.</summary>
    public bool IsInUse(in StateSlot<TKey, TValue> slot) => IsUsed(slot.Epoch);

    /// <summary>
    /// A value that a walk has come to is about to be handed out, and may change: keeps it for a snapshot that is being taken.
    /// </summary>
    /// <remarks>What has changed is not in the next snapshot: it is of a key that is about to be removed.</remarks>
    public virtual void Keep(ref StateSlot<TKey, TValue> slot)
    {
    }

    /// <summary>Copies of the slots in use. No key may be looked for meanwhile.</summary>
    public IEnumerable<StateSlot<TKey, TValue>> All()
    {
        for (var chunk = 0; Chunk(chunk).Length is > 0 and var length; chunk++)
        {
            for (var i = 0; i < length; i++)
            {
                var slot = Chunk(chunk)[i];
                if (IsUsed(slot.Epoch))
                {
                    yield return slot;
                }
            }
        }
    }
}
