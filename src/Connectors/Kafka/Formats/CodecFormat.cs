using System.Buffers;

namespace Weir.KafkaLog.Formats;

/// <summary>The bytes that a value has in checkpoints.</summary>
internal sealed class CodecFormat<T>(Codec<T> codec) : IRecordFormat<T>
{
    public unsafe T Read(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            var reader = new MessagePackReader(BorrowedMemory.OfThread.Show(first, bytes.Length));
            T value;
            try
            {
                value = codec.Read(ref reader);
            }
            catch (Exception damage) when (damage is not (IPermanentFailure or OutOfMemoryException))
            {
                // Also what constructors and comparers of users say of values that nobody wrote.
                throw new FormatException($"it holds no {codec.Schema.Name} in MessagePack: {damage.Message.TrimEnd('.')}", damage);
            }

            return reader.End ? value : throw new FormatException($"more follows behind its {codec.Schema.Name}");
        }
    }

    public void Write(in T value, IBufferWriter<byte> output)
    {
        var writer = new MessagePackWriter(output);
        codec.Write(ref writer, value);
        writer.Flush();
    }
}
