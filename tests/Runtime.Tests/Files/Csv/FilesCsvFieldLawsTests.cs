using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Files.Csv;

namespace Weir.Runtime.Tests;

/// <summary>Fields are found the same way whatever the length of the line and of its parts.</summary>
public sealed class FilesCsvFieldLawsTests
{
    [Fact]
    public void Fields_are_found_where_they_were_put() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        Gen.ListOf(Gen.Elements("", "a", "ATL", "2001-01-01T00:47:00", new string('x', 33), "1,2", "\"")).Where(fields => fields.Count > 0)
            .ToArbitrary(),
        fields =>
        {
            var line = Encoding.UTF8.GetBytes(string.Join(',', fields.Select(Quoted)));
            var found = new Range[fields.Count];

            new CsvFieldFinder((byte)',').FindColumns(line, [.. Enumerable.Range(0, fields.Count).Reverse()], found);

            Assert.Equal(fields, found.Reverse().Select(range => Encoding.UTF8.GetString(line[range])));
        }));

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void A_line_with_too_few_or_too_many_fields_is_malformed(int size)
    {
        var field = new string('x', size);
        var finder = new CsvFieldFinder((byte)',');

        Assert.Throws<FormatException>(() => finder.FindColumns(Encoding.UTF8.GetBytes($"{field},{field}"), [0, 1, 2], new Range[3]));
        Assert.Throws<FormatException>(
            () => finder.FindColumns(Encoding.UTF8.GetBytes($"{field},{field},{field},"), [0, 1, 2], new Range[3]));
        finder.FindColumns(Encoding.UTF8.GetBytes($"{field},{field},{field}"), [0, 1, 2], new Range[3]);
    }

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
