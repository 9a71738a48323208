using System.Globalization;
using System.Text.Json;
using Weir.Runtime.Operators;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Scripts that Flink's own window operator executed, as far as windows in slices can say them: tumbling and sliding windows of event time
/// without lateness.
/// </summary>
/// <remarks>One millisecond there is one microsecond here.</remarks>
public sealed class GoldenWindowTests
{
    [Theory]
    [InlineData("window/tumbling/event", false)]
    [InlineData("window/tumbling/event", true)]
    [InlineData("window/sliding/event", false)]
    [InlineData("window/sliding/event", true)]
    public void Windows_in_slices_give_what_Flink_gives_step_by_step(string group, bool crash)
    {
        var played = 0;
        foreach (var test in GoldenFile.Read("a-windows").Where(test => test.Group == group && IsExpressible(test)))
        {
            Play(test, crash);
            played++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{played} scripts of {group}");
        Assert.True(played >= 11, $"only {played} scripts could be played");
    }

    private static bool IsExpressible(GoldenCase test) => !test.ForgetsWatermark
        && test.Operator.GetProperty("trigger").GetProperty("type").GetString() is "default" or "event_time"
        && test.Operator.GetProperty("evictor").ValueKind == JsonValueKind.Null
        && test.Operator.GetProperty("lateness").GetInt64() == 0
        && test.Operator.GetProperty("function").GetString() is "sum_reduce" or "sum_aggregate" or "list";

    private static void Play(GoldenCase test, bool crash)
    {
        var script = new AggregateScript(Stage(test.Operator).Stage, crash);
        var late = 0L;
        for (var i = 0; i < test.Steps; i++)
        {
            var records = test.Output(i).ToList();
            if (records.Exists(record => record[0].GetString() == "error"))
            {
                Assert.Throws<NoEventTimeException>(() => script.Run(Item(test.Script[i])));
                return;
            }

            var came = script.Run(Item(test.Script[i]));
            Assert.Equal($"{test.Id} step {i}: {Expected(records)}", $"{test.Id} step {i}: {came}");
            late += records.Count(record => record[0].GetString() == "side");
        }

        late += test.Number("late_dropped") ?? 0;
        Assert.Equal($"{test.Id}: {late} late", $"{test.Id}: {script.Late} late");
    }

    private static string Item(JsonElement step) => step[0].GetString() switch
    {
        "el" => $"{step[1]}:{step[2]}@{(step[3].ValueKind == JsonValueKind.Null ? long.MinValue : step[3].GetInt64())}",
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
        TimeSpan Span(string name) => TimeSpan.FromMicroseconds(assigner.GetProperty(name).GetInt64());
        WindowKind windows = assigner.GetProperty("type").GetString() == "sliding"
            ? Sliding.Of(Span("size"), Span("slide"), Span("offset"))
            : Tumbling.Of(Span("size"), Span("offset"));
        var windowed = new Job("golden").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(windows);
        return what.GetProperty("function").GetString() == "list"
            ? windowed.Aggregate(g => Text(g.Key, $"[{string.Join(',', g.Select(record => record.Value))}]", g.Window))
            : windowed.Aggregate(new SumOf(), (key, window, sum) => Text(key, $"{sum}", window));
    }

    private static string Text(string key, string result, TimeWindow window) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}={result}[{window.StartTime},{window.EndTime})");

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
