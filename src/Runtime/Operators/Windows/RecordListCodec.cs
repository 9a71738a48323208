namespace Weir.Runtime.Operators.Windows;

/// <summary>The records of a pane, in order of arrival.</summary>
internal sealed class RecordListCodec<T>(Codec<T> records) : Codec<List<T>>
{
    public override Schema Schema { get; } = new(PaneSchema.KeptRecords, [new SchemaMember("item", records.Schema)])
    {
        Kind = SchemaKind.List,
    };

    public override void Write(ref MessagePackWriter writer, in List<T> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var record in value)
        {
            records.Write(ref writer, record);
        }
    }

    public override List<T> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var result = new List<T>(count);
        for (var i = 0; i < count; i++)
        {
            result.Add(records.Read(ref reader));
        }

        return result;
    }
}
