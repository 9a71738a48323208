namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The records of a window with their times and the numbers of their arrival, in that order.</summary>
/// <param name="records">Writes records.</param>
/// <param name="arrivals">Told of each number that is read, so that what comes afterwards has greater ones.</param>
internal sealed class TimedRecordListCodec<T>(Codec<T> records, Arrivals arrivals) : Codec<List<WindowRecord<T>>>
{
    private static Codec<long> Numbers => Codecs.Of<long>();

    public override Schema Schema { get; } = new("timed list", [new SchemaMember("item", new Schema(
        "timed", [new("Value", records.Schema), new("Time", Numbers.Schema), new("Arrival", Numbers.Schema)])
    { Kind = SchemaKind.Object })])
    {
        Kind = SchemaKind.List,
    };

    public override void Write(ref MessagePackWriter writer, in List<WindowRecord<T>> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var record in value)
        {
            writer.WriteArrayHeader(3);
            records.Write(ref writer, record.Value);
            Numbers.Write(ref writer, record.Time);
            Numbers.Write(ref writer, record.Arrival);
        }
    }

    public override List<WindowRecord<T>> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var result = new List<WindowRecord<T>>();
        for (var i = 0; i < count; i++)
        {
            reader.ReadArrayOf(3);
            var (value, time, arrival) = (records.Read(ref reader), Numbers.Read(ref reader), Numbers.Read(ref reader));
            arrivals.Seen(arrival);
            result.Add(new WindowRecord<T>(value, time) { Arrival = arrival });
        }

        return result;
    }
}
