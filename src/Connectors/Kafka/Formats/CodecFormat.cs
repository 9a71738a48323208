using System.Buffers;

namespace Weir.KafkaLog.Formats;

/// <summary>The bytes that a value has in checkpoints.</summary>
internal sealed class CodecFormat<T>(Codec<T> codec) : IRecordFormat<T>
{
    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return codec.Decode(bytes.ToArray());
        }
        catch (InvalidDataException damage)
        {
            throw new FormatException(damage.Message, damage);
        }
    }

    public void Write(in T value, IBufferWriter<byte> output)
    {
        var writer = new MessagePackWriter(output);
        codec.Write(ref writer, value);
        writer.Flush();
    }
}
