using System.Buffers;
using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Files.Csv;

/// <summary>Writes records as rows of CSV, under a header.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CsvRowEncoder<T>(CsvFormat<T> format) : RowEncoder<T>
{
    private readonly bool _mayBeMissing = format.Columns is [{ IsRequired: false }];

    public override string Extension => ".csv";

    public override void WriteHeader(ArrayBufferWriter<byte> output)
    {
        var row = new CsvRowWriter(output);
        foreach (var column in format.Columns)
        {
            row.Write(column.Name);
        }

        output.Write("\n"u8);
    }

    public override int Write(ReadOnlySpan<T> values, ArrayBufferWriter<byte> output, int enough)
    {
        var count = 0;
        while (count < values.Length && output.WrittenCount < enough)
        {
            var before = output.WrittenCount;
            var row = new CsvRowWriter(output);
            format.Write(ref row, values[count]);

            // An empty line is no row: a single empty field is written as quotes, unless its value is missing, which is how ours reads an
            // empty line then.
            output.Write(output.WrittenCount == before && !_mayBeMissing ? "\"\"\n"u8 : "\n"u8);
            count++;
        }

        return count;
    }

    public override void Dispose()
    {
    }
}
