using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Weir.RocksDbState.Stores;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>How entries of one state lie in the store: namespace, key group, key.</summary>
/// <remarks>
/// <para>The namespace first: a window that fires is walked from front to back and deleted as one range. The key group is three bytes, high
/// byte first, so that those of one subtask are one range of each namespace.</para>
/// <para>Keys whose equal values may have different bytes (1.50 and 1.5) have their stable hash in front, which agrees with equality: those
/// of one hash are compared one by one.</para>
/// </remarks>
internal sealed class EntryForm<TKey, TNamespace, TValue>(EntryCodecs<TKey, TNamespace, TValue> codecs, int keyGroupCount)
{
    private readonly ArrayBufferWriter<byte> _key = new(128);

    /// <summary>Gets a value indicating whether equal keys have equal bytes.</summary>
    public bool IsCanonical { get; } = CanonicalBytes.AreOf(codecs.Keys);

    /// <summary>Gets how entries are written.</summary>
    public EntryCodecs<TKey, TNamespace, TValue> Codecs => codecs;

    /// <summary>What the keys of a namespace begin with.</summary>
    public byte[] Prefix(TNamespace name) => codecs.Namespaces.Encode(name).ToArray();

    /// <summary>A namespace of its prefix.</summary>
    public TNamespace Namespace(byte[] prefix) => codecs.Namespaces.Decode(prefix);

    /// <summary>The bytes of a key; valid until the next.</summary>
    public ReadOnlySpan<byte> BytesOf(byte[] prefix, in TKey key)
    {
        _key.ResetWrittenCount();
        WriteKey(_key, prefix, key);
        return _key.WrittenSpan;
    }

    /// <summary>What the bytes of all keys begin with that may be equal to one.</summary>
    public byte[] Bucket(byte[] prefix, in TKey key) =>
        BytesOf(prefix, key)[..(prefix.Length + KeyBytes.GroupBytes + KeyBytes.HashBytes)].ToArray();

    /// <summary>Writes a key.</summary>
    public void WriteKey(IBufferWriter<byte> to, byte[] prefix, in TKey key)
    {
        var hash = codecs.Keys.StableHash(key);
        var front = to.GetSpan(prefix.Length + KeyBytes.GroupBytes + KeyBytes.HashBytes);
        prefix.CopyTo(front);
        KeyBytes.WriteGroup(front[prefix.Length..], KeyGroups.Of(hash, keyGroupCount));
        var length = prefix.Length + KeyBytes.GroupBytes;
        if (!IsCanonical)
        {
            BinaryPrimitives.WriteUInt32BigEndian(front[length..], hash);
            length += KeyBytes.HashBytes;
        }

        to.Advance(length);
        var writer = new MessagePackWriter(to);
        codecs.Keys.Write(ref writer, key);
        writer.Flush();
    }

    /// <summary>Writes an entry.</summary>
    public void Write(ByteRows rows, byte[] prefix, in TKey key, in TValue value)
    {
        try
        {
            WriteKey(rows.Writer, prefix, key);
            rows.EndKey();
            var writer = new MessagePackWriter(rows.Writer);
            codecs.Values.Write(ref writer, value);
            writer.Flush();
        }
        catch
        {
            // A codec may be the user's.
            rows.Undo();
            throw;
        }
    }

    /// <summary>Reads a key of its bytes.</summary>
    public TKey Key(ReadOnlyMemory<byte> bytes, int prefixLength) => Key(bytes, prefixLength, IsCanonical);

    /// <summary>Reads a key of its bytes, which have a hash in front or not.</summary>
    public TKey Key(ReadOnlyMemory<byte> bytes, int prefixLength, bool isCanonical)
    {
        var reader = new MessagePackReader(bytes[(prefixLength + KeyBytes.GroupBytes + (isCanonical ? 0 : KeyBytes.HashBytes))..]);
        return codecs.Keys.Read(ref reader);
    }

    /// <summary>Reads a value.</summary>
    public TValue Value(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return codecs.Values.Read(ref reader);
    }

    /// <summary>About how many bytes an entry points to, beside its slot.</summary>
    public long HeapBytes(in TKey key, in TValue value)
    {
        const int ObjectBytes = 24;
        var bytes = 0L;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            bytes += ObjectBytes + codecs.Keys.SizeOf(key);
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<TValue>())
        {
            bytes += ObjectBytes + codecs.Values.SizeOf(value);
        }

        return bytes;
    }
}
