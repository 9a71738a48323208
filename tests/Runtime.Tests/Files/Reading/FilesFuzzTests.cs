using System.Globalization;
using System.Text;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>Good files with bytes changed at random: nothing hangs, nothing crashes, and no good line behind a bad one is lost.</summary>
public sealed class FilesFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 400;

    private static readonly byte[] Nasty = [.. "\"\"\"\",;\n\r\0 \t'{}[]:\\-+.eEN0"u8, 0xFF, 0xC3, 0xED, 0xEF, 0xBB, 0xBF];

    public static TheoryData<bool> Modes() => [false, true];

    [Theory, MemberData(nameof(Modes))]
    public void Good_rows_of_CSV_outlive_any_change_of_others(bool isMultiline)
    {
        FilesRowCsv.Register();
        Fuzz(seed =>
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, 40).Select(i => Row(random, i, isMultiline)).ToArray();
            var victim = random.Next(lines.Length);
            var changed = Change(random, lines[victim].Bytes);
            byte[] content = [.. "name,amount\n"u8, .. lines[..victim].SelectMany(line => line.Bytes), .. changed, .. lines[(victim + 1)..]
                .SelectMany(line => line.Bytes)];
            var files = new SimulatedFileSystem();
            files.Put("/in.csv", content);
            var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions
            {
                FileSystem = files,
                MultilineFields = isMultiline,
                OnMalformed = MalformedRows.Skip,
                BufferBytes = random.Next(16, 200),
                MinSplitSizeBytes = random.Next(1, 500),
            });
            var parallelism = random.Next(1, 5);
            var skipped = 0L;

            var rows = source.ReadAll(parallelism, countSkipped: count => skipped += count);

            Assert.Equal(rows, source.ReadAllRestarting(parallelism, random.Next(1, 4)));
            Assert.InRange(skipped, 0, content.Length);

            // A quote that comes to be open ends at the next one: the row that has it may be lost with the changed one, no other.
            var lost = lines.Where((line, i) => i != victim && !rows.Contains(line.Row)).Count();
            Assert.InRange(lost, 0, isMultiline ? 1 : 0);
        });
    }

    [Fact]
    public void Good_lines_of_JSON_outlive_any_change_of_others()
    {
        FilesRowCsv.Register();
        Fuzz(seed =>
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, 40).Select(i => (
                Row: new FilesRow($"row {i}", i),
                Bytes: Encoding.UTF8.GetBytes($"{{\"name\":\"row {i}\",\"amount\":{i}}}\n"))).ToArray();
            var victim = random.Next(lines.Length);
            byte[] content =
            [
                .. lines[..victim].SelectMany(line => line.Bytes),
                .. Change(random, lines[victim].Bytes),
                .. lines[(victim + 1)..].SelectMany(line => line.Bytes),
            ];
            var files = new SimulatedFileSystem();
            files.Put("/in.jsonl", content);
            var source = JsonLines.Read<FilesRow>("/in.jsonl", new JsonLinesOptions
            {
                FileSystem = files,
                OnMalformed = MalformedRows.WriteTo("/rejected"),
                BufferBytes = random.Next(16, 200),
                MinSplitSizeBytes = random.Next(1, 500),
            });

            var rows = source.ReadAll(random.Next(1, 5));

            Assert.All(lines.Where((_, i) => i != victim), line => Assert.Contains(line.Row, rows));
        });
    }

    [Fact]
    public void Noise_is_refused_or_skipped_in_a_short_message()
    {
        FilesRowCsv.Register();
        Fuzz(seed =>
        {
            var random = new Random(seed);
            var content = new byte[random.Next(1, 3000)];
            for (var i = 0; i < content.Length; i++)
            {
                content[i] = random.Next(3) > 0 ? Nasty[random.Next(Nasty.Length)] : (byte)random.Next(256);
            }

            var files = new SimulatedFileSystem();
            files.Put("/in.csv", [.. random.Next(2) == 0 ? [] : "name,amount\n"u8, .. content]);
            foreach (var onMalformed in new[] { MalformedRows.Skip, MalformedRows.Fail, MalformedRows.WriteTo("/rejected") })
            {
                try
                {
                    Csv.Read<FilesRow>("/in.csv",
                        new CsvOptions { FileSystem = files, MultilineFields = random.Next(2) == 0, OnMalformed = onMalformed }).ReadAll();
                    JsonLines.Read<FilesRow>("/in.csv", new JsonLinesOptions { FileSystem = files, OnMalformed = onMalformed }).ReadAll();
                }
                catch (SourceException error)
                {
                    Assert.InRange(error.Message.Length, 1, 499);
                    Assert.Contains("'/in.csv'", error.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain(error.Message.Replace(Environment.NewLine, "", StringComparison.Ordinal), c => char.IsControl(c)
                        || c == '\uFFFD');
                }
            }
        });
    }

    private void Fuzz(Action<int> once)
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("WEIR_SEED"), CultureInfo.InvariantCulture, out var given) ? given
            : Environment.TickCount & 0xFFFFFF;
        for (var seed = first; seed < first + Rounds; seed++)
        {
            try
            {
                once(seed);
            }
            catch (Exception failure)
            {
                output.WriteLine($"WEIR_SEED={seed}");
                throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
            }
        }
    }

    private static (FilesRow Row, byte[] Bytes) Row(Random random, int number, bool isMultiline)
    {
        var name = $"{number} " + random.Next(isMultiline ? 6 : 5) switch
        {
            0 => "plain",
            1 => "quoted, with a delimiter",
            2 => "said \"hi\" twice",
            3 => "5\" pipe",
            4 => "a text that is longer than a vector of thirty-two bytes",
            _ => "two\nlines",
        };
        var text = random.Next(2) == 0 || name.AsSpan().ContainsAny(',', '\n') || name.StartsWith('"')
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : name;
        return (new FilesRow(name, number), Encoding.UTF8.GetBytes($"{text},{number}{(random.Next(2) == 0 ? "\n" : "\r\n")}"));
    }

    // Whatever happens to the line, its end stays: without it, it is the next line that is changed.
    private static byte[] Change(Random random, byte[] line)
    {
        var changed = line.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(changed.Count - 1);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] = Nasty[random.Next(Nasty.Length)];
                    break;
                case 1:
                    changed.Insert(at, Nasty[random.Next(Nasty.Length)]);
                    break;
                case 2 when changed.Count > 2:
                    changed.RemoveAt(at);
                    break;
                default:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. changed];
    }
}
