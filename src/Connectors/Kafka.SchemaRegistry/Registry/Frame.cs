using System.Buffers.Binary;
using System.Globalization;

namespace Weir.KafkaLog.Registry;

/// <summary>The bytes in front of a payload: the magic byte 0, and the schema's id in four bytes, the highest first.</summary>
internal static class Frame
{
    public const int Length = 5;

    private const byte Magic = 0;

    /// <summary>Refuses bytes that no serializer of a schema registry has written.</summary>
    /// <exception cref="FormatException">They are such.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"it has {bytes.Length} bytes, and a schema registry's frame alone takes {Length} (the byte 0 and the schema's id)"));
        }

        if (bytes[0] != Magic)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"it begins with the byte {bytes[0]} and not with 0, the magic byte of a schema registry"));
        }
    }

    /// <summary>The id of the schema, of bytes that have been checked.</summary>
    public static int SchemaId(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
}
