namespace Weir.Runtime.State.Handles;

/// <summary>The list of a key, in its order.</summary>
internal sealed class ItemsCodec<T>(Codec<T> items) : Codec<List<T>>
{
    public override Schema Schema => new("list", [new SchemaMember("item", items.Schema)]) { Kind = SchemaKind.List };

    public override void Write(ref MessagePackWriter writer, in List<T> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var item in value)
        {
            items.Write(ref writer, item);
        }
    }

    public override List<T> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var result = new List<T>(count);
        for (var i = 0; i < count; i++)
        {
            result.Add(items.Read(ref reader));
        }

        return result;
    }
}
