namespace Weir;

/// <summary>Changes: which of the two values there are, and those.</summary>
internal sealed class ChangeCodec<T>(Codec<T> values) : Codec<Change<T>>
{
    /// <summary>Makes it known where changes may cross an exchange, unless another is or the values have none themselves.</summary>
    public static void Register()
    {
        if (Codecs.Find<Change<T>>() is null && Codecs.Find<T>() is { } values)
        {
            Codecs.RegisterGenerated(new ChangeCodec<T>(values));
        }
    }

    public override Schema Schema =>
        new("change", [new SchemaMember("Old", values.Schema), new SchemaMember("New", values.Schema)]) { Kind = SchemaKind.Object };

    public override void Write(ref MessagePackWriter writer, in Change<T> value)
    {
        writer.WriteArrayHeader(1 + (value.HasOld ? 1 : 0) + (value.HasNew ? 1 : 0));
        writer.Write((value.HasOld ? 1 : 0) + (value.HasNew ? 2 : 0));
        if (value.HasOld)
        {
            values.Write(ref writer, value.Old);
        }

        if (value.HasNew)
        {
            values.Write(ref writer, value.New);
        }
    }

    public override Change<T> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader();
        return reader.ReadInt32() switch
        {
            1 => Change<T>.Last(values.Read(ref reader)),
            2 => Change<T>.First(values.Read(ref reader)),
            3 => Change<T>.From(values.Read(ref reader), values.Read(ref reader)),
            var other => throw new InvalidDataException($"A change has an old value, a new one or both; {other} says neither."),
        };
    }
}
