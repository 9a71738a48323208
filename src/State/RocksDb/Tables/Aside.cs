using System.Runtime.CompilerServices;
using Weir.RocksDbState.Stores;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>What was put aside of one state for a barrier, to be written when there is time.</summary>
/// <remarks>
/// The subtask copies slots, which takes some nanoseconds each. To encode them, to sort them and to write them takes a hundred times as
/// long, and is done on the work pool. A value that holds references would go on changing under a copy, and is encoded at once.
/// </remarks>
/// <param name="form">How entries lie in the store.</param>
/// <param name="clock">The clock of the state.</param>
/// <param name="mark">What entries are marked with that are put aside.</param>
internal sealed class Aside<TKey, TNamespace, TValue>(
    EntryForm<TKey, TNamespace, TValue> form, BarrierClock clock, int mark) : IAside
{
    // What it costs to copy a slot, and to encode one, in slots that are looked at.
    private const int Copied = 2;
    private const int Encoded = 16;

    private const int SlotsAChunk = 16 << 10;
    private const int BytesAPage = 256 << 10;

    private readonly List<byte[]> _names = [];
    private readonly Chunks<StateSlot<TKey, TValue>> _slots = new(SlotsAChunk);
    private readonly List<ByteRows> _pages = [];

    /// <inheritdoc/>
    public long Bytes { get; private set; }

    /// <summary>Gets or sets the number of the column; known when there is something to put aside.</summary>
    public int Column { get; set; }

    private static bool Encodes => RuntimeHelpers.IsReferenceOrContainsReferences<TValue>();

    /// <summary>Takes in a namespace.</summary>
    /// <returns>Its number.</returns>
    public int AddName(byte[] prefix)
    {
        _names.Add(prefix);
        return _names.Count - 1;
    }

    /// <summary>Takes in a slot.</summary>
    /// <param name="name">The number of its namespace.</param>
    /// <param name="slot">The slot.</param>
    /// <returns>How much work that was, in slots that are looked at.</returns>
    public int Add(int name, in StateSlot<TKey, TValue> slot)
    {
        if (!Encodes)
        {
            var copy = slot;
            copy.Epoch = name;
            _slots.Add(copy);
            Bytes += Unsafe.SizeOf<StateSlot<TKey, TValue>>();
            return Copied;
        }

        var page = Page();
        var before = page.Bytes;
        form.Write(page, _names[name], slot.Key, slot.Value);
        page.End();
        Bytes += page.Bytes - before;
        return Encoded;
    }

    /// <inheritdoc/>
    public void WriteTo(IEntryStore store, Func<bool> goesOn)
    {
        var rows = new ByteRows();
        for (var chunk = 0; chunk < _slots.Length; chunk++)
        {
            foreach (ref readonly var slot in _slots[chunk])
            {
                form.Write(rows, _names[slot.Epoch], slot.Key, slot.Value);
                rows.End();
                if (rows.Bytes >= store.SortedBytes && !TryWrite(store, rows, goesOn))
                {
                    return;
                }
            }
        }

        foreach (var page in _pages)
        {
            rows.AddAll(page);
            if (rows.Bytes >= store.SortedBytes && !TryWrite(store, rows, goesOn))
            {
                return;
            }
        }

        if (TryWrite(store, rows, goesOn))
        {
            _slots.Release();
            _pages.Clear();
        }
    }

    /// <inheritdoc/>
    public void Settle() => clock.Stored = Math.Max(clock.Stored, mark);

    private bool TryWrite(IEntryStore store, ByteRows rows, Func<bool> goesOn)
    {
        if (!goesOn())
        {
            return false;
        }

        if (rows.Count > 0)
        {
            store.WriteSorted(Column, rows);
            rows.Clear();
        }

        return true;
    }

    private ByteRows Page()
    {
        if (_pages.Count == 0 || _pages[^1].Bytes >= BytesAPage)
        {
            _pages.Add(new ByteRows());
        }

        return _pages[^1];
    }
}
