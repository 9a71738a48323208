namespace Weir.Wire;

/// <summary>The pairs that the runtime itself keeps. The form is that of the generated tuple codecs.</summary>
internal sealed class PairCodec<T1, T2> : Codec<(T1, T2)>
{
    private readonly Codec<T1> _first = Codecs.Of<T1>();
    private readonly Codec<T2> _second = Codecs.Of<T2>();

    public override Schema Schema => new("tuple", [new("Item1", _first.Schema), new("Item2", _second.Schema)]) { Kind = SchemaKind.Object };

    public override void Write(ref MessagePackWriter writer, in (T1, T2) value)
    {
        writer.WriteArrayHeader(2);
        _first.Write(ref writer, value.Item1);
        _second.Write(ref writer, value.Item2);
    }

    public override (T1, T2) Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return (_first.Read(ref reader), _second.Read(ref reader));
    }

    public override uint StableHash(in (T1, T2) value) =>
        Weir.StableHash.Combine(_first.StableHash(value.Item1), _second.StableHash(value.Item2));
}

/// <summary>The triples that the runtime itself keeps. The form is that of the generated tuple codecs.</summary>
internal sealed class TripleCodec<T1, T2, T3> : Codec<(T1, T2, T3)>
{
    private readonly Codec<T1> _first = Codecs.Of<T1>();
    private readonly Codec<T2> _second = Codecs.Of<T2>();
    private readonly Codec<T3> _third = Codecs.Of<T3>();

    public override Schema Schema =>
        new("tuple", [new("Item1", _first.Schema), new("Item2", _second.Schema), new("Item3", _third.Schema)]) { Kind = SchemaKind.Object };

    public override void Write(ref MessagePackWriter writer, in (T1, T2, T3) value)
    {
        writer.WriteArrayHeader(3);
        _first.Write(ref writer, value.Item1);
        _second.Write(ref writer, value.Item2);
        _third.Write(ref writer, value.Item3);
    }

    public override (T1, T2, T3) Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        return (_first.Read(ref reader), _second.Read(ref reader), _third.Read(ref reader));
    }

    public override uint StableHash(in (T1, T2, T3) value) => Weir.StableHash.Combine(
        Weir.StableHash.Combine(_first.StableHash(value.Item1), _second.StableHash(value.Item2)), _third.StableHash(value.Item3));
}
