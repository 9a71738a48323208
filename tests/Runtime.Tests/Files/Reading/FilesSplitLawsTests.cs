using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Files.Csv;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>What must hold for every content, every cut into byte ranges and every place of a restart.</summary>
public sealed class FilesSplitLawsTests
{
    public FilesSplitLawsTests() => FilesRowCsv.Register();

    [Fact]
    public void Any_cut_and_any_restart_reads_the_same_rows() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(
        Cases.ToArbitrary(),
        file =>
        {
            var files = new SimulatedFileSystem();
            files.Put("/in.csv", file.Content);
            var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions
            {
                FileSystem = files,
                BufferBytes = file.BufferBytes,
                MinSplitSizeBytes = file.MinSplitSizeBytes,
            });

            Assert.Equal(file.Rows, source.ReadAll(file.Parallelism, file.BatchSize));
            Assert.Equal(file.Rows, source.ReadAllRestarting(file.Parallelism, file.BatchSize));
        }));

    [Fact]
    public void Any_text_survives_writing_and_reading() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>[]>(),
        texts =>
        {
            var rows = texts.Select((text, i) => new FilesRow(Whole(text.Get), i)).ToList();
            var output = new ArrayBufferWriter<byte>();
            using var encoder = new CsvRowEncoder<FilesRow>(new FilesRowCsv());
            encoder.WriteHeader(output);
            encoder.Write(rows.ToArray(), output, int.MaxValue);
            var files = new SimulatedFileSystem();
            files.Put("/in.csv", output.WrittenSpan);

            var read = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = files, MultilineFields = true, BufferBytes = 16 })
                .ReadAll();

            Assert.Equal(rows, read);
        }));

    // UTF-8 cannot hold half a surrogate pair.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Gen<CsvFile> Cases =>
        from names in Gen.ListOf(Gen.Elements("", "a", "b,c", "say \"hi\"", "ATL", "Zürich", " blank ", "x,\"y\",,z", new string('l', 40)))
        from ends in Gen.ListOf(Gen.Elements("\n", "\r\n", "\n\n", "\n\r\n\n"), names.Count + 1)
        from hasByteOrderMark in Gen.Elements(true, false)
        from endsWithLine in Gen.Elements(true, false)
        from buffer in Gen.Choose(16, 200)
        from parallelism in Gen.Choose(1, 60)
        from splitSize in Gen.Elements(1L, 3L, 10L, 50L, 1000L)
        from batchSize in Gen.Choose(1, 5)
        select new CsvFile([.. names], [.. ends], hasByteOrderMark, endsWithLine, buffer, parallelism, splitSize, batchSize);

    private sealed record CsvFile(
        string[] Names, string[] Ends, bool HasByteOrderMark, bool EndsWithLine, int BufferBytes, int Parallelism, long MinSplitSizeBytes,
            int BatchSize)
    {
        public List<FilesRow> Rows => [.. Names.Select((name, i) => new FilesRow(name, i))];

        public byte[] Content
        {
            get
            {
                var text = new StringBuilder(HasByteOrderMark ? "\uFEFF" : "").Append("name,amount").Append(Ends[0]);
                for (var i = 0; i < Names.Length; i++)
                {
                    var name = Names[i].AsSpan().ContainsAny(',', '"') || i % 3 == 0
                        ? $"\"{Names[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : Names[i];
                    text.Append(name).Append(',').Append(i).Append(i + 1 < Names.Length || EndsWithLine ? Ends[i + 1] : "");
                }

                return Encoding.UTF8.GetBytes(text.ToString());
            }
        }

        public override string ToString() =>
            $"{Convert.ToHexString(Content)} = {Encoding.UTF8.GetString(Content)} buffer {BufferBytes}, parallelism {Parallelism}, split "
                + $"{MinSplitSizeBytes}, batch {BatchSize}";
    }
}
