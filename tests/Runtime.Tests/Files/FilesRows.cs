using System.Text;
using System.Text.Json;
using Weir.Runtime.Files.Csv;
using Weir.Runtime.Files.JsonLines;

namespace Weir.Runtime.Tests;

/// <summary>A record of the tests of files.</summary>
public sealed record FilesRow(string Name, int Amount);

/// <summary>The format that the generator would write.</summary>
public sealed class FilesRowCsv : CsvFormat<FilesRow>
{
    public override IReadOnlyList<CsvColumn> Columns { get; } = [new("name", true), new("amount", true)];

    public static void Register()
    {
        CsvFormats.Register(new FilesRowCsv());
        JsonFormats.Register(new FilesRowJson());
    }

    public override FilesRow Read(ref CsvRow row) => new(row.Text(0), row.Int32(1));

    public override void Write(ref CsvRowWriter writer, in FilesRow value)
    {
        writer.Write(value.Name);
        writer.Write(value.Amount);
    }
}

/// <summary>The format that the generator would write.</summary>
public sealed class FilesRowJson : JsonFormat<FilesRow>
{
    public override FilesRow Read(ref Utf8JsonReader reader)
    {
        string? name = null;
        int? amount = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isAmount = reader.ValueTextEquals("amount"u8);
            reader.Read();
            if (isName)
            {
                name = reader.GetString();
            }
            else if (isAmount)
            {
                amount = reader.GetInt32();
            }
            else
            {
                reader.Skip();
            }
        }

        return new(name ?? throw new FormatException("the property 'name' is missing"), amount
            ?? throw new FormatException("the property 'amount' is missing"));
    }

    public override void Write(Utf8JsonWriter writer, in FilesRow value)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, value.Name);
        writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteEndObject();
    }
}

/// <summary>Drives sources the way the runtime does.</summary>
internal static class FilesReading
{
    public static SourceContext Context(
        int parallelism = 1, Action<long>? countSkipped = null, TimeProvider? time = null, Action<string>? warn = null) =>
        new("flights/from", parallelism, time ?? TimeProvider.System, countSkipped ?? (_ => { })) { Warn = warn ?? (_ => { }) };

    public static IReadOnlyList<FileSplit> List<T>(this Source<T, FileSplit> source, int parallelism = 1) =>
        source.ListSplitsAsync(Context(parallelism), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    /// <summary>All records, split by split.</summary>
    public static List<T> ReadAll<T>(
        this Source<T, FileSplit> source, int parallelism = 1, int batchSize = 3, Action<long>? countSkipped = null)
    {
        var records = new List<T>();
        foreach (var split in source.List(parallelism))
        {
            using var reader = source.Open(split, source.StartOf(split), Context(parallelism, countSkipped));
            Drain(reader, records, batchSize);
        }

        return records;
    }

    /// <summary>All records, the reader thrown away and opened again at its offset after each batch.</summary>
    public static List<T> ReadAllRestarting<T>(this Source<T, FileSplit> source, int parallelism, int batchSize)
    {
        var records = new List<T>();
        foreach (var split in source.List(parallelism))
        {
            var offset = source.StartOf(split);
            var status = ReadStatus.Available;
            while (status != ReadStatus.End)
            {
                using var reader = source.Open(split, offset, Context(parallelism));
                var batch = new Batch<T>(batchSize);
                status = reader.Read(batch);
                records.AddRange(batch.Values);
                offset = reader.Offset;
            }
        }

        return records;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static void Drain<T>(ISplitReader<T> reader, List<T> records, int batchSize)
    {
        var batch = new Batch<T>(batchSize);
        var status = ReadStatus.Available;
        while (status != ReadStatus.End)
        {
            status = reader.Read(batch);
            records.AddRange(batch.Values);
            batch.Clear();
        }
    }
}
