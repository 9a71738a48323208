using System.Buffers;

namespace Weir.Wire;

/// <summary>Reads what an older version of a type wrote. Writes as the type does now.</summary>
/// <param name="codec">The codec of the type as it is now.</param>
/// <param name="transcoder">Takes bytes of then to bytes of now.</param>
internal sealed class EvolvedCodec<T>(Codec<T> codec, Transcoder transcoder) : Codec<T>
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public override Schema Schema => codec.Schema;

    public override void Write(ref MessagePackWriter writer, in T value) => codec.Write(ref writer, value);

    public override T Read(ref MessagePackReader reader)
    {
        _buffer.ResetWrittenCount();
        var writer = new MessagePackWriter(_buffer);
        transcoder.Copy(ref reader, ref writer);
        writer.Flush();

        // What is read may keep its bytes; the buffer is used again.
        var inner = new MessagePackReader(_buffer.WrittenSpan.ToArray());
        return codec.Read(ref inner);
    }

    public override uint StableHash(in T value) => codec.StableHash(value);

    public override long SizeOf(in T value) => codec.SizeOf(value);
}
