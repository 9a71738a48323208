namespace Weir;

/// <summary>Reductions: nil, or the value.</summary>
internal sealed class ReducedCodec<T> : Codec<Reduced<T>>
{
    private Codec<T>? _values;

    public override Schema Schema => new("reduced", [new SchemaMember("Value", Values.Schema)]) { Kind = SchemaKind.Object };

    private Codec<T> Values => _values ??= Codecs.Of<T>();

    public override void Write(ref MessagePackWriter writer, in Reduced<T> value)
    {
        writer.WriteArrayHeader(value.HasValue ? 1 : 0);
        if (value.HasValue)
        {
            Values.Write(ref writer, value.Value);
        }
    }

    public override Reduced<T> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        return count switch
        {
            0 => default,
            1 => new Reduced<T> { HasValue = true, Value = Values.Read(ref reader) },
            _ => throw new InvalidDataException($"A reduction is one value or none, but here are {count}."),
        };
    }
}
