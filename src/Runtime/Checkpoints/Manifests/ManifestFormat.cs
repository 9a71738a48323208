using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>
/// How a manifest lies on disk: one MessagePack array that begins with the format's version, then its CRC-32, little-endian.
/// </summary>
/// <remarks>
/// The last four bytes are the checksum of all before them in every version, so that a reader can tell damage from a version that it does
/// not know.
/// </remarks>
internal static class ManifestFormat
{
    /// <summary>The version that is written. Version 1 was never released.</summary>
    public const int Version = 4;

    // It did not say what a job began from, nor what the parts of keyed state are, and knew no lists of processes.
    private const int WithoutOrigin = 3;

    // Its schemas had no kinds either.
    private const int WithoutKinds = 2;

    private const int PartCount = 13;
    private const int PartCountWithoutOrigin = 11;
    private const int CrcSize = 4;

    public static ReadOnlyMemory<byte> Write(Manifest manifest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(PartCount);
        writer.Write(Version);
        writer.Write(manifest.Job);
        writer.Write(manifest.Name.Attempt);
        writer.Write(manifest.Name.Id.Value);
        writer.Write(manifest.RunId.Value);
        writer.Write(manifest.IsFinal);
        writer.Write(manifest.CreatedAt.ToUnixTimeMilliseconds());
        writer.Write(manifest.Parallelism);
        writer.Write(manifest.KeyGroupCount);
        writer.Write(manifest.IsInterpreted);
        writer.Write(manifest.IsLast);
        WriteOrigins(ref writer, manifest.Origins);
        WriteOperators(ref writer, manifest.Operators);
        writer.Flush();
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(CrcSize), Crc32.HashToUInt32(buffer.WrittenSpan));
        buffer.Advance(CrcSize);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    /// <exception cref="OtherFormatException">The bytes are whole, and another Weir's.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= CrcSize)
        {
            throw new InvalidDataException($"it has {bytes.Length} bytes, which is too short for a manifest");
        }

        var body = bytes[..^CrcSize];
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[^CrcSize..]);
        var actual = Crc32.HashToUInt32(body.Span);
        if (stored != actual)
        {
            throw new InvalidDataException($"its checksum is {actual:x8}, but {stored:x8} is stored in it");
        }

        try
        {
            var reader = new MessagePackReader(body);
            var count = reader.ReadArrayHeader();
            var version = reader.ReadInt32();
            if (version is not (Version or WithoutOrigin or WithoutKinds))
            {
                throw new OtherFormatException(version, Version);
            }

            var parts = version > WithoutOrigin ? PartCount : PartCountWithoutOrigin;
            if (count != parts)
            {
                throw new InvalidDataException($"it has {count} parts instead of {parts}");
            }

            var manifest = ReadBody(ref reader, version);
            return reader.End ? manifest : throw new InvalidDataException("there are bytes behind its end");
        }
        catch (Exception damage) when ((WireDamage.Is(damage) || damage is ArgumentException) && damage is not InvalidDataException)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }

    private static Manifest ReadBody(ref MessagePackReader reader, int version)
    {
        var job = reader.ReadString() ?? "";
        var name = ReadName(ref reader);
        var run = new RunId(reader.ReadUInt64());
        var isFinal = reader.ReadBoolean();
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var parallelism = reader.ReadInt32();
        var keyGroupCount = reader.ReadInt32();
        var isInterpreted = reader.ReadBoolean();
        var isLast = version > WithoutOrigin ? reader.ReadBoolean() : isFinal;
        var origins = version > WithoutOrigin ? ReadOrigins(ref reader) : [];
        return new Manifest(
            job, name, run, isFinal, createdAt, parallelism, keyGroupCount, isInterpreted, ReadOperators(ref reader, version))
        {
            IsLast = isLast,
            Origins = origins,
        };
    }

    private static CheckpointName ReadName(ref MessagePackReader reader) =>
        new(reader.ReadInt64(), new CheckpointId(reader.ReadInt64()));

    private static void WriteOrigins(ref MessagePackWriter writer, ImmutableArray<SavepointIdentity> origins)
    {
        writer.WriteArrayHeader(origins.Length);
        foreach (var savepoint in origins)
        {
            writer.WriteArrayHeader(3);
            writer.Write(savepoint.RunId.Value);
            writer.Write(savepoint.Name.Attempt);
            writer.Write(savepoint.Name.Id.Value);
        }
    }

    private static ImmutableArray<SavepointIdentity> ReadOrigins(ref MessagePackReader reader)
    {
        var origins = ImmutableArray.CreateBuilder<SavepointIdentity>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(3);
            origins.Add(new SavepointIdentity(new RunId(reader.ReadUInt64()), ReadName(ref reader)));
        }

        return origins.ToImmutable();
    }

    private static void WriteOperators(ref MessagePackWriter writer, ImmutableArray<ManifestOperator> operators)
    {
        writer.WriteArrayHeader(operators.Length);
        foreach (var stateful in operators)
        {
            writer.WriteArrayHeader(4);
            writer.Write(stateful.Id);
            SchemaFormat.Write(ref writer, stateful.Schemas);
            writer.WriteArrayHeader(stateful.Subtasks.Length);
            foreach (var subtask in stateful.Subtasks)
            {
                SnapshotFormat.Write(ref writer, subtask);
            }

            PartFormat.Write(ref writer, stateful.Parts);
        }
    }

    private static ImmutableArray<ManifestOperator> ReadOperators(ref MessagePackReader reader, int version)
    {
        var operators = ImmutableArray.CreateBuilder<ManifestOperator>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(version > WithoutOrigin ? 4 : 3);
            var id = reader.ReadString() ?? "";
            var schemas = SchemaFormat.Read(ref reader, hasKinds: version > WithoutKinds);
            var subtasks = ImmutableArray.CreateBuilder<OperatorSnapshot>();
            for (var more = reader.ReadArrayHeader(); more > 0; more--)
            {
                subtasks.Add(SnapshotFormat.Read(ref reader, id, hasStateItems: version > WithoutOrigin));
            }

            operators.Add(new ManifestOperator(id, schemas, subtasks.ToImmutable())
            {
                Parts = version > WithoutOrigin ? PartFormat.Read(ref reader) : [],
            });
        }

        return operators.ToImmutable();
    }
}
