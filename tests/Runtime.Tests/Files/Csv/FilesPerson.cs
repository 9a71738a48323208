using Weir.Runtime.Files.Csv;

namespace Weir.Runtime.Tests;

/// <summary>A record with a member that may be missing.</summary>
public sealed record FilesPerson(string Name, double? Temp);

/// <summary>The format that the generator would write.</summary>
public sealed class FilesPersonCsv : CsvFormat<FilesPerson>
{
    public override IReadOnlyList<CsvColumn> Columns { get; } = [new("name", true), new("temp", false)];

    public static void Register() => CsvFormats.Register(new FilesPersonCsv());

    public override FilesPerson Read(ref CsvRow row) => new(row.Text(0), row.IsEmpty(1) ? null : row.Double(1));

    public override void Write(ref CsvRowWriter writer, in FilesPerson value)
    {
        writer.Write(value.Name);
        if (value.Temp is { } temp)
        {
            writer.Write(temp);
        }
        else
        {
            writer.WriteEmpty();
        }
    }
}
