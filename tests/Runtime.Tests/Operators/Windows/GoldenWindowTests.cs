using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Scripts that Flink's own window operator executed, as far as today's verbs can say them: tumbling windows of event time without
/// lateness.
/// </summary>
/// <remarks>
/// Found by <c>WEIR_SHARED</c>, by default beside the repository; skipped where they are not. One millisecond there is one microsecond
/// here.
/// </remarks>
public sealed class GoldenWindowTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Tumbling_windows_give_what_Flink_gives_step_by_step(bool crash)
    {
        var path = Path.Combine(Shared(), "golden", "a-windows.jsonl.gz");
        Assert.SkipUnless(File.Exists(path), $"no golden scripts at {path}: set WEIR_SHARED");
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var played = 0;
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (IsExpressible(document.RootElement))
            {
                Play(document.RootElement, crash);
                played++;
            }
        }

        Assert.True(played >= 15, $"only {played} scripts could be played");
    }

    private static bool IsExpressible(JsonElement test)
    {
        var what = test.GetProperty("operator");
        return test.GetProperty("group").GetString() == "window/tumbling/event"
            && !test.TryGetProperty("wm_reset", out _)
            && what.GetProperty("trigger").GetProperty("type").GetString() is "default" or "event_time"
            && what.GetProperty("evictor").ValueKind == JsonValueKind.Null
            && what.GetProperty("lateness").GetInt64() == 0
            && what.GetProperty("function").GetString() is "sum_reduce" or "sum_aggregate" or "list"
            && test.GetProperty("script").EnumerateArray()
                .All(step => step.EnumerateArray().All(part => part.ValueKind != JsonValueKind.Null))
            && !test.GetProperty("output").ToString().Contains("\"error\"", StringComparison.Ordinal);
    }

    private static void Play(JsonElement test, bool crash)
    {
        var script = new AggregateScript(Stage(test.GetProperty("operator")).Stage, crash);
        var (steps, output) = (test.GetProperty("script"), test.GetProperty("output"));
        var late = 0L;
        for (var i = 0; i < steps.GetArrayLength(); i++)
        {
            var came = script.Run(Item(steps[i]));
            var records = output[i].EnumerateArray().ToList();
            Assert.Equal(
                $"{test.GetProperty("id")} step {i}: {Expected(records)}",
                $"{test.GetProperty("id")} step {i}: {came}");
            late += records.Count(record => record[0].GetString() == "side");
        }

        late += test.TryGetProperty("late_dropped", out var dropped) ? dropped.GetInt64() : 0;
        Assert.Equal($"{test.GetProperty("id")}: {late} late", $"{test.GetProperty("id")}: {script.Late} late");
    }

    private static string Item(JsonElement step) => step[0].GetString() switch
    {
        "el" => $"{step[1]}:{step[2]}@{step[3]}",
        "wm" => $"WM{step[1]}",
        "restore" => "restore",
        var other => throw new InvalidDataException($"step '{other}' is not known"),
    };

    private static string Expected(List<JsonElement> records) => string.Join(' ', records
        .Where(record => record[0].GetString() == "out")
        .Select(record => $"{record[1]}={record[2]}[{record[3]},{record[4]})@{record[5]}")
        .Order(StringComparer.Ordinal)
        .Concat(records.Where(record => record[0].GetString() == "wm").Select(record => $"WM{record[1]}")));

    private static Stream<string> Stage(JsonElement what)
    {
        var assigner = what.GetProperty("assigner");
        var windowed = new Job("golden").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(Tumbling.Of(TimeSpan.FromMicroseconds(assigner.GetProperty("size").GetInt64()),
                TimeSpan.FromMicroseconds(assigner.GetProperty("offset").GetInt64())));
        return what.GetProperty("function").GetString() == "list"
            ? windowed.Aggregate(g => Text(g.Key, $"[{string.Join(',', g.Select(record => record.Value))}]", g.Window))
            : windowed.Aggregate(new SumOf(), (key, window, sum) => Text(key, $"{sum}", window));
    }

    private static string Text(string key, string result, TimeWindow window) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}={result}[{window.StartTime},{window.EndTime})");

    private static string Shared([CallerFilePath] string file = "") => Environment.GetEnvironmentVariable("WEIR_SHARED")
        ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "..", "..", "shared"));

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
