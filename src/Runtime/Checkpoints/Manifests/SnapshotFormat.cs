using System.Collections.Immutable;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>How the snapshot of one operator in one subtask lies in a manifest: handles, slices, items, shared items.</summary>
internal static class SnapshotFormat
{
    private const int Inline = 0;
    private const int InFile = 1;
    private const int InSharedFile = 2;

    public static void Write(ref MessagePackWriter writer, OperatorSnapshot snapshot)
    {
        writer.WriteArrayHeader(5);
        writer.WriteArrayHeader(snapshot.Handles.Length);
        foreach (var handle in snapshot.Handles)
        {
            Write(ref writer, handle);
        }

        writer.WriteArrayHeader(snapshot.KeyGroups.Length);
        foreach (var slice in snapshot.KeyGroups)
        {
            writer.WriteArrayHeader(4);
            writer.Write(slice.KeyGroup);
            writer.Write(slice.Handle);
            writer.Write(slice.Offset);
            writer.Write(slice.Length);
        }

        WriteItems(ref writer, snapshot.Items);
        WriteItems(ref writer, snapshot.Shared);
        writer.WriteArrayHeader(snapshot.StateItems.Length);
        foreach (var item in snapshot.StateItems)
        {
            writer.WriteArrayHeader(3);
            writer.Write(item.State);
            writer.Write((int)item.Dealt);
            writer.Write(item.Bytes.Span);
        }
    }

    /// <summary>Reads one.</summary>
    /// <param name="reader">Where it lies.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="hasStateItems">Whether lists of a class's own were written; older manifests know of none.</param>
    public static OperatorSnapshot Read(ref MessagePackReader reader, string id, bool hasStateItems)
    {
        reader.ReadArrayOf(hasStateItems ? 5 : 4);
        var handles = ImmutableArray.CreateBuilder<StateHandle>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            handles.Add(ReadHandle(ref reader));
        }

        var slices = ImmutableArray.CreateBuilder<KeyGroupSlice>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(4);
            slices.Add(new KeyGroupSlice(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64()));
        }

        return new OperatorSnapshot(id, handles.ToImmutable(), slices.ToImmutable(), ReadItems(ref reader), ReadItems(ref reader))
        {
            StateItems = hasStateItems ? ReadStateItems(ref reader) : [],
        };
    }

    private static ImmutableArray<StateItem> ReadStateItems(ref MessagePackReader reader)
    {
        var items = ImmutableArray.CreateBuilder<StateItem>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(3);
            items.Add(new StateItem(
                ReadName(ref reader), (ItemDealing)reader.ReadBounded(0, (int)ItemDealing.Copy), reader.ReadBinary().ToArray()));
        }

        return items.ToImmutable();
    }

    private static void Write(ref MessagePackWriter writer, StateHandle handle)
    {
        switch (handle)
        {
            case StateHandle.Inline(var bytes):
                writer.WriteArrayHeader(2);
                writer.Write(Inline);
                writer.Write(bytes.Span);
                break;
            case StateHandle.InFile(var name, var length, var crc):
                writer.WriteArrayHeader(4);
                writer.Write(InFile);
                writer.Write(name);
                writer.Write(length);
                writer.Write((ulong)crc);
                break;
            case StateHandle.InSharedFile(var file, var length, var crc):
                writer.WriteArrayHeader(5);
                writer.Write(InSharedFile);
                writer.Write(file.Attempt);
                writer.Write(file.Name);
                writer.Write(length);
                writer.Write((ulong)crc);
                break;
            default:
                throw new InvariantException($"a manifest has no form for the handle {handle}");
        }
    }

    private static StateHandle ReadHandle(ref MessagePackReader reader)
    {
        var parts = reader.ReadArrayHeader();
        var kind = reader.ReadInt32();
        return (kind, parts) switch
        {
            (Inline, 2) => new StateHandle.Inline(reader.ReadBinary().ToArray()),
            (InFile, 4) => new StateHandle.InFile(ReadName(ref reader), ReadLength(ref reader), ReadCrc(ref reader)),
            (InSharedFile, 5) => new StateHandle.InSharedFile(
                new SharedFile(reader.ReadInt64(), ReadName(ref reader)), ReadLength(ref reader), ReadCrc(ref reader)),
            _ => throw new InvalidDataException($"a state handle in it is of kind {kind} and has {parts} parts"),
        };
    }

    private static string ReadName(ref MessagePackReader reader)
    {
        var name = reader.ReadString() ?? "";
        Graph.Names.Check(name, "state file");
        return name;
    }

    private static long ReadLength(ref MessagePackReader reader) =>
        reader.ReadInt64() is >= 0 and var length ? length : throw new InvalidDataException($"a state handle in it has a negative length");

    private static uint ReadCrc(ref MessagePackReader reader) => checked((uint)reader.ReadUInt64());

    private static void WriteItems(ref MessagePackWriter writer, ImmutableArray<ReadOnlyMemory<byte>> items)
    {
        writer.WriteArrayHeader(items.Length);
        foreach (var item in items)
        {
            writer.Write(item.Span);
        }
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadItems(ref MessagePackReader reader)
    {
        var items = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            items.Add(reader.ReadBinary().ToArray());
        }

        return items.ToImmutable();
    }
}
