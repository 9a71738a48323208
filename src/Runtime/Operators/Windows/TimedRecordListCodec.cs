using Weir.Wire;

namespace Weir.Runtime.Operators.Windows;

/// <summary>The records of a window with their times, in order of arrival.</summary>
internal sealed class TimedRecordListCodec<T>(Codec<T> records) : Codec<List<WindowRecord<T>>>
{
    public override Schema Schema { get; } = new("list", [new SchemaMember("item", new Schema(
        "timed", [new SchemaMember("Value", records.Schema), new SchemaMember("Time", Schema.Of("long"))]) { Kind = SchemaKind.Object })])
    {
        Kind = SchemaKind.List,
    };

    public override void Write(ref MessagePackWriter writer, in List<WindowRecord<T>> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var record in value)
        {
            writer.WriteArrayHeader(2);
            records.Write(ref writer, record.Value);
            writer.Write(record.Time);
        }
    }

    public override List<WindowRecord<T>> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var result = new List<WindowRecord<T>>(count);
        for (var i = 0; i < count; i++)
        {
            reader.ReadArrayOf(2);
            result.Add(new WindowRecord<T>(records.Read(ref reader), reader.ReadInt64()));
        }

        return result;
    }
}
