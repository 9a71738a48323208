using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Weir.Simulation.Tests.RocksModel;

/// <summary>What a change of a model store does.</summary>
internal enum ModelChangeKind : byte
{
    Put,
    Delete,
    DeleteRange,
    Drop,
}

/// <summary>A change of a model store.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Column">The name of the column.</param>
/// <param name="Key">The key, or the first of the range.</param>
/// <param name="Value">The value, or the key behind the range.</param>
internal sealed record ModelChange(ModelChangeKind Kind, string Column, byte[] Key, byte[] Value);

/// <summary>An immutable file of a model store: changes in their order, with a checksum.</summary>
internal static class ModelTable
{
    private const int ChecksumBytes = sizeof(ulong);

    public static byte[] Encode(IEnumerable<ModelChange> changes)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var (kind, column, key, value) in changes)
            {
                writer.Write((byte)kind);
                writer.Write(column);
                writer.Write7BitEncodedInt(key.Length);
                writer.Write(key);
                writer.Write7BitEncodedInt(value.Length);
                writer.Write(value);
            }
        }

        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(checksum, XxHash3.HashToUInt64(bytes.ToArray()));
        bytes.Write(checksum);
        return bytes.ToArray();
    }

    /// <exception cref="IOException">The bytes are not those that were written.</exception>
    public static IReadOnlyList<ModelChange> Decode(string name, byte[] bytes)
    {
        var length = bytes.Length - ChecksumBytes;
        if (length < 0 || XxHash3.HashToUInt64(bytes.AsSpan(0, length)) != BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(length)))
        {
            throw new IOException($"The table {name} of a model store is damaged: {bytes.Length} bytes.");
        }

        var changes = new List<ModelChange>();
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
        while (reader.BaseStream.Position < length)
        {
            changes.Add(new ModelChange(
                (ModelChangeKind)reader.ReadByte(),
                reader.ReadString(),
                reader.ReadBytes(reader.Read7BitEncodedInt()),
                reader.ReadBytes(reader.Read7BitEncodedInt())));
        }

        return changes;
    }
}
