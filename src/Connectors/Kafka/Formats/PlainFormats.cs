using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Weir.KafkaLog.Formats;

/// <summary>Texts in UTF-8.</summary>
internal sealed class TextFormat : IRecordFormat<string>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException failure)
        {
            throw new FormatException($"it is no text in UTF-8 (at byte {failure.Index})", failure);
        }
    }

    public void Write(in string value, IBufferWriter<byte> output) => Strict.GetBytes(value, output);
}

/// <summary>Bytes as they are.</summary>
internal sealed class BytesFormat : IRecordFormat<byte[]>
{
    public byte[] Read(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    public void Write(in byte[] value, IBufferWriter<byte> output) => output.Write(value);
}

/// <summary>Numbers of 32 bits.</summary>
internal sealed class Int32Format : IRecordFormat<int>
{
    public int Read(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32BigEndian(bytes)
        : throw new FormatException($"a number of 32 bits has 4 bytes, and these are {bytes.Length}");

    public void Write(in int value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }
}

/// <summary>Values that may be null, as those that may not: what has no value is told by the message itself.</summary>
internal sealed class NullableFormat<T>(IRecordFormat<T> format) : IRecordFormat<T?>
    where T : struct
{
    public T? Read(ReadOnlySpan<byte> bytes) => format.Read(bytes);

    public void Write(in T? value, IBufferWriter<byte> output) => format.Write(value.GetValueOrDefault(), output);
}

/// <summary>Numbers of 64 bits.</summary>
internal sealed class Int64Format : IRecordFormat<long>
{
    public long Read(ReadOnlySpan<byte> bytes) => bytes.Length == sizeof(long)
        ? BinaryPrimitives.ReadInt64BigEndian(bytes)
        : throw new FormatException($"a number of 64 bits has 8 bytes, and these are {bytes.Length}");

    public void Write(in long value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }
}
