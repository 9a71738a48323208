using System.Buffers;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>A state table as it was at a barrier, to be encoded when there is time.</summary>
/// <remarks>
/// In a checkpoint each key group holds its entries one behind the other: namespace, key, value; behind them what had gone. Slots are
/// copied when they are put aside; hashing and encoding them takes many times as long. A value that holds references would go on changing
/// under a copy, and is encoded then. What is encoded later is not held: the copies are put in order of key groups, and handed on piece by
/// piece.
/// </remarks>
/// <param name="codecs">How entries are written.</param>
/// <param name="removals">What had gone since the snapshot that it builds on.</param>
/// <param name="isBuilt">Whether it builds on snapshots before: what it leaves out they may have.</param>
/// <param name="keyGroupCount">The number of key groups.</param>
/// <param name="sweep">Puts aside a portion of the table.</param>
internal sealed class TableSnapshot<TKey, TNamespace, TValue>(
    EntryCodecs<TKey, TNamespace, TValue> codecs,
    IReadOnlyList<Removals<TKey, TNamespace>> removals,
    bool isBuilt,
    int keyGroupCount,
    PortionOfWork sweep) : KeyedSnapshot
{
    // What it costs to copy a slot, and to encode one, in slots that are visited.
    private const int Copied = 1;
    private const int Encoded = 12;
    private const int BytesOfWork = 16;

    // So many entries are written by one writer. It is then seen whether the piece is full.
    private const int AtOnce = 16;
    private const int BytesAtOnce = 1024;

    // Small enough to be no large object; a page that has less room than the second is left as it is.
    private const int PageBytes = 64 * 1024;
    private const int PageEnd = 256;

    private readonly List<TNamespace> _names = [];
    private readonly EntryKept<TValue>? _isKept = codecs.Kept?.Invoke();
    private readonly Chunks<StateSlot<TKey, TValue>> _slots = new(KeyGroupRuns<int>.WindowOf(keyGroupCount));
    private readonly Chunks<EncodedSlot> _encoded = new(KeyGroupRuns<int>.WindowOf(keyGroupCount));
    private readonly Chunks<(TNamespace Name, TKey Key)> _gone = new(KeyGroupRuns<int>.WindowOf(keyGroupCount));
    private readonly List<ArrayBufferWriter<byte>> _pages = [];
    private KeyGroupRuns<StateSlot<TKey, TValue>>? _runs;
    private KeyGroupRuns<EncodedSlot>? _encodedRuns;
    private KeyGroupRuns<(TNamespace Name, TKey Key)>? _goneRuns;
    private int _goneNames;
    private int _atOnce = 1;
    private long _expired;

    /// <inheritdoc/>
    public override long Count => _slots.Count + _encoded.Count + _expired + removals.Sum(static gone => (long)gone.Count);

    private static bool Encodes => RuntimeHelpers.IsReferenceOrContainsReferences<TValue>();

    /// <summary>Takes in a namespace.</summary>
    /// <returns>Its number.</returns>
    public int AddName(TNamespace name)
    {
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <summary>Takes in a slot.</summary>
    /// <returns>How much work that was.</returns>
    public int Add(int name, in StateSlot<TKey, TValue> slot)
    {
        if (_isKept is not null)
        {
            var value = slot.Value;
            if (!_isKept(ref value))
            {
                Expire(name, slot.Key);
                return Copied;
            }

            return Keep(name, slot, value);
        }

        return Keep(name, slot, slot.Value);
    }

    /// <inheritdoc/>
    public override bool Sweep(ref int portion) => sweep(ref portion);

    /// <inheritdoc/>
    public override void Arrange(int keyGroupCount)
    {
        foreach (var gone in removals)
        {
            foreach (var key in gone.Keys)
            {
                _gone.Add(key);
            }
        }

        _runs = new(_slots, keyGroupCount, (slots, groups) =>
        {
            for (var i = 0; i < slots.Length; i++)
            {
                groups[i] = GroupOf(slots[i].Key, keyGroupCount);
            }
        });
        _encodedRuns = new(_encoded, keyGroupCount, (slots, groups) =>
        {
            for (var i = 0; i < slots.Length; i++)
            {
                groups[i] = GroupOf(slots[i].Key, keyGroupCount);
            }
        });
        _goneRuns = new(_gone, keyGroupCount, (keys, groups) =>
        {
            for (var i = 0; i < keys.Length; i++)
            {
                groups[i] = GroupOf(keys[i].Key, keyGroupCount);
            }
        });
    }

    /// <inheritdoc/>
    public override bool Encode(int keyGroup, KeyGroupPiece piece) =>
        Encodes ? EncodeEncoded(keyGroup, piece) : EncodeSlots(keyGroup, piece);

    /// <inheritdoc/>
    public override bool EncodeRemovals(int keyGroup, KeyGroupPiece piece)
    {
        // The reader does not know which groups a namespace had keys in, and each may go to another subtask.
        foreach (var name in removals.SelectMany(static gone => gone.Names).Skip(_goneNames))
        {
            if (piece.IsFull)
            {
                return false;
            }

            var writer = piece.Removal(isNamespace: true);
            codecs.Namespaces.Write(ref writer, name);
            writer.Flush();
            _goneNames++;
        }

        while (_goneRuns!.TryNext(keyGroup, out var next))
        {
            foreach (ref readonly var gone in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var writer = piece.Removal(isNamespace: false);
                codecs.Namespaces.Write(ref writer, gone.Name);
                codecs.Keys.Write(ref writer, gone.Key);
                writer.Flush();
                _goneRuns.Take(1);
            }
        }

        _goneNames = 0;
        return true;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        _slots.Release();
        _encoded.Release();
        _gone.Release();
        _pages.Clear();
        (_runs, _encodedRuns, _goneRuns) = (null, null, null);
    }

    private int Keep(int name, in StateSlot<TKey, TValue> slot, in TValue value)
    {
        if (!Encodes)
        {
            ref var copy = ref _slots.Next();
            copy = slot;
            (copy.Value, copy.Epoch) = (value, name);
            return Copied;
        }

        var page = Page();
        var begin = page.WrittenCount;
        var writer = new MessagePackWriter(page);
        codecs.Values.Write(ref writer, value);
        writer.Flush();
        _encoded.Add(new EncodedSlot(slot.Key, name, _pages.Count - 1, begin, page.WrittenCount - begin));
        return Encoded + ((page.WrittenCount - begin) / BytesOfWork);
    }

    // A snapshot before may have the key with what it was then, which the user has replaced or taken out since.
    private void Expire(int name, in TKey key)
    {
        if (isBuilt)
        {
            _gone.Add((_names[name], key));
            _expired++;
        }
    }

    private bool EncodeSlots(int keyGroup, KeyGroupPiece piece)
    {
        while (_runs!.TryNext(keyGroup, out var next))
        {
            while (!next.IsEmpty)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var some = next[..Math.Min(next.Length, _atOnce)];
                var begin = piece.Entries.Length;
                var writer = piece.Writer();
                foreach (ref readonly var slot in some)
                {
                    codecs.Namespaces.Write(ref writer, _names[slot.Epoch]);
                    codecs.Keys.Write(ref writer, slot.Key);
                    codecs.Values.Write(ref writer, slot.Value);
                }

                writer.Flush();
                _atOnce = Math.Clamp(BytesAtOnce * some.Length / Math.Max(1, piece.Entries.Length - begin), 1, AtOnce);
                _runs.Take(some.Length);
                next = next[some.Length..];
            }
        }

        return true;
    }

    private bool EncodeEncoded(int keyGroup, KeyGroupPiece piece)
    {
        while (_encodedRuns!.TryNext(keyGroup, out var next))
        {
            while (!next.IsEmpty)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var (taken, bytes) = (0, 0);
                var writer = piece.Writer();
                for (; taken < next.Length && taken < AtOnce && bytes < BytesAtOnce; taken++)
                {
                    ref readonly var slot = ref next[taken];
                    codecs.Namespaces.Write(ref writer, _names[slot.Name]);
                    codecs.Keys.Write(ref writer, slot.Key);
                    writer.WriteRaw(_pages[slot.Page].WrittenSpan.Slice(slot.Offset, slot.Length));
                    bytes += slot.Length;
                }

                writer.Flush();
                _encodedRuns.Take(taken);
                next = next[taken..];
            }
        }

        return true;
    }

    private int GroupOf(in TKey key, int keyGroupCount) => KeyGroups.Of(codecs.Keys.StableHash(key), keyGroupCount);

    private ArrayBufferWriter<byte> Page()
    {
        if (_pages.Count == 0 || _pages[^1].FreeCapacity < PageEnd)
        {
            _pages.Add(new ArrayBufferWriter<byte>(_pages.Count == 0 ? 1024 : PageBytes));
        }

        return _pages[^1];
    }

    private readonly record struct EncodedSlot(TKey Key, int Name, int Page, int Offset, int Length);
}

/// <summary>Does a portion of work.</summary>
/// <param name="portion">How much may be done; what was is taken away.</param>
/// <returns>Whether nothing is left to do.</returns>
internal delegate bool PortionOfWork(ref int portion);
