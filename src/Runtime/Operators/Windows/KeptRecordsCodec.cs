namespace Weir.Runtime.Operators.Windows;

/// <summary>The records of a slice with the numbers of their arrival.</summary>
/// <param name="records">Writes records.</param>
/// <param name="arrivals">Told of each number that is read, so that what comes afterwards has greater ones.</param>
internal sealed class KeptRecordsCodec<T>(Codec<T> records, Arrivals arrivals) : Codec<KeptRecords<T>>
{
    private static Codec<long> Numbers => Codecs.Of<long>();

    public override Schema Schema { get; } = new(
        PaneSchema.KeptRecords,
        [
            new SchemaMember("item", new Schema("arrived", [new("arrival", Numbers.Schema), new("record", records.Schema)])
            {
                Kind = SchemaKind.Object,
            }),
        ])
    {
        Kind = SchemaKind.List,
    };

    public override void Write(ref MessagePackWriter writer, in KeptRecords<T> value)
    {
        var (all, numbers) = value.InOrder();
        writer.WriteArrayHeader(all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            writer.WriteArrayHeader(2);
            Numbers.Write(ref writer, numbers[i]);
            records.Write(ref writer, all[i]);
        }
    }

    public override KeptRecords<T> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var result = new KeptRecords<T>();
        for (var i = 0; i < count; i++)
        {
            if (reader.ReadArrayHeader() != 2)
            {
                throw new InvalidDataException("A kept record is written with the number of its arrival.");
            }

            var arrival = Numbers.Read(ref reader);
            arrivals.Seen(arrival);
            result.Add(arrival, records.Read(ref reader));
        }

        return result;
    }
}
