namespace Weir;

/// <summary>The best records of a key, or of a key and window, the best first.</summary>
/// <typeparam name="T">The records.</typeparam>
public struct Top<T>
{
    /// <summary>The records; null for none.</summary>
    internal List<T>? Ranked;
}

/// <summary>Rankings: the records in order.</summary>
internal sealed class TopCodec<T> : Codec<Top<T>>
{
    private Codec<T>? _records;

    public override Schema Schema => new("top", [new SchemaMember("item", Records.Schema)]) { Kind = SchemaKind.List };

    private Codec<T> Records => _records ??= Codecs.Of<T>();

    /// <summary>Makes it known, unless another is.</summary>
    public static void Register()
    {
        if (Codecs.Find<Top<T>>() is null)
        {
            Codecs.RegisterGenerated(new TopCodec<T>());
        }
    }

    public override void Write(ref MessagePackWriter writer, in Top<T> value)
    {
        writer.WriteArrayHeader(value.Ranked?.Count ?? 0);
        foreach (var record in value.Ranked ?? [])
        {
            Records.Write(ref writer, record);
        }
    }

    public override Top<T> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var ranked = new List<T>(count);
        for (var i = 0; i < count; i++)
        {
            ranked.Add(Records.Read(ref reader));
        }

        return new Top<T> { Ranked = ranked };
    }
}
