using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Snapshots;

/// <summary>The first of the files that a snapshot consists of: what is in the others.</summary>
/// <param name="Owned">The key groups that it holds.</param>
/// <param name="Columns">How many columns have ever been named.</param>
/// <param name="States">The states.</param>
internal sealed record SnapshotIndex(KeyGroupRange Owned, int Columns, ImmutableArray<StoredColumn> States)
{
    private const string Kind = "weir rocksdb";
    private const int Version = 1;

    /// <summary>Gets the files that are too small for one of their own: the manifest of the database and what names it.</summary>
    public ImmutableArray<(string Name, byte[] Bytes)> Small { get; init; } = [];

    /// <summary>Gets the names of the tables, in the order of the files that follow.</summary>
    public ImmutableArray<string> Tables { get; init; } = [];

    /// <summary>Writes it.</summary>
    public byte[] Encode()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        var writer = new MessagePackWriter(buffer);
        writer.Write(Kind);
        writer.Write(Version);
        writer.Write(Owned.First);
        writer.Write(Owned.Last);
        writer.Write(Columns);
        writer.WriteArrayHeader(States.Length);
        foreach (var state in States)
        {
            writer.Write(state.Part);
            writer.Write(state.Name);
            writer.Write(state.IsCanonical);
            writer.WriteArrayHeader(state.Namespaces.Length);
            foreach (var (prefix, count) in state.Namespaces)
            {
                writer.Write(prefix);
                writer.Write(count);
            }
        }

        writer.WriteArrayHeader(Small.Length);
        foreach (var (name, bytes) in Small)
        {
            writer.Write(name);
            writer.Write(bytes);
        }

        writer.WriteArrayHeader(Tables.Length);
        foreach (var table in Tables)
        {
            writer.Write(table);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads it.</summary>
    /// <returns>What was written; null if the bytes are none of RocksDB's.</returns>
    /// <exception cref="InvalidDataException">It is of another version, or damaged.</exception>
    public static SnapshotIndex? Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (reader.NextMessagePackType != MessagePackType.String || reader.ReadString() != Kind)
        {
            return null;
        }

        var version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"Its RocksDB files are of version {version}, and this Weir.RocksDb reads version {Version}.");
        }

        var owned = new KeyGroupRange(reader.ReadInt32(), reader.ReadInt32());
        var columns = reader.ReadInt32();
        var states = ImmutableArray.CreateBuilder<StoredColumn>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            var (part, name, isCanonical) = (reader.ReadInt32(), reader.ReadString()!, reader.ReadBoolean());
            var namespaces = new StoredNamespace[reader.ReadArrayHeader()];
            for (var i = 0; i < namespaces.Length; i++)
            {
                namespaces[i] = new StoredNamespace(BytesOf(ref reader), reader.ReadInt32());
            }

            states.Add(new StoredColumn(part, name, isCanonical, ImmutableCollectionsMarshal.AsImmutableArray(namespaces)));
        }

        var small = new (string, byte[])[reader.ReadArrayHeader()];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = (reader.ReadString()!, BytesOf(ref reader));
        }

        var tables = new string[reader.ReadArrayHeader()];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = reader.ReadString()!;
        }

        return new SnapshotIndex(owned, columns, states.ToImmutable()) { Small = [.. small], Tables = [.. tables] };
    }

    private static byte[] BytesOf(ref MessagePackReader reader) =>
        reader.ReadBytes() is { } bytes ? System.Buffers.BuffersExtensions.ToArray(bytes) : [];
}
