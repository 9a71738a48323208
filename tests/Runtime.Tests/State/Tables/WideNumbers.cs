using MessagePack;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Numbers that take as many bytes as wanted: much state of few slots.</summary>
internal sealed class WideNumbers(int bytes) : Codec<long>
{
    private readonly byte[] _filler = new byte[bytes];

    public override Schema Schema { get; } = Schema.Of("wide");

    public override void Write(ref MessagePackWriter writer, in long value)
    {
        writer.Write(value);
        writer.Write(_filler);
    }

    public override long Read(ref MessagePackReader reader)
    {
        var value = reader.ReadInt64();
        Assert.Equal(bytes, reader.ReadBytes()!.Value.Length);
        return value;
    }
}
