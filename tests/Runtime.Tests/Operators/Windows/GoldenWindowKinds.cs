using System.Globalization;
using System.Text.Json;
using Weir.Runtime.Operators.Windows.Triggered;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>The kinds of windows of the golden cases, and what they assign and merge.</summary>
internal sealed class GoldenWindowKinds : IGoldenOperator
{
    private readonly GoldenCase _test;

    public GoldenWindowKinds(GoldenCase test) => _test = test;

    public static AnyWindows Of(JsonElement assigner)
    {
        AnyWindows kind = assigner.GetProperty("type").GetString() switch
        {
            "tumbling" => Tumbling.Of(Time("size"), Time("offset")),
            "sliding" => Sliding.Of(Time("size"), Time("slide"), Time("offset")),
            "session" => SessionWindow.WithGap(Time("gap")),
            "dynamic_session" => SessionWindow.WithGap(Gap()),
            "global" => GlobalWindow.Instance,
            "global_eos" => GlobalWindow.UntilEnd,
            var other => throw new JsonException($"The assigner '{other}' is not known."),
        };
        return assigner.GetProperty("time").GetString() == "processing" ? kind.InProcessingTime() : kind;

        TimeSpan Time(string name) => GoldenWindowStages.Time(assigner.GetProperty(name).GetInt64());

        Func<Reading, TimeSpan> Gap()
        {
            var (first, step, mod) = (
                assigner.GetProperty("base").GetInt64(), assigner.GetProperty("step").GetInt64(), assigner.GetProperty("mod").GetInt64());
            return record => GoldenWindowStages.Time(first + (step * (record.Value % mod)));
        }
    }

    public IEnumerable<string> Take(JsonElement step) => step[0].GetString() switch
    {
        "construct" => Construct(),
        "assign" => Assign(step[1].GetInt64()),
        "merge" => Merge([.. step[1].EnumerateArray().Select(window => new TimeWindow(window[0].GetInt64(), window[1].GetInt64()))]),
        var other => throw new JsonException($"The step '{other}' is not known."),
    };

    public void Restore()
    {
    }

    public string? Check(GoldenCase test, int step) => null;

    private IEnumerable<string> Construct()
    {
        _ = Of(_test.Operator.GetProperty("assigner"));
        return [];
    }

    private IEnumerable<string> Assign(long time)
    {
        var windows = new List<TimeWindow>();
        WindowAssigner<Reading>.Of(Of(_test.Operator.GetProperty("assigner")), "golden").Assign(new Reading(0, 0), time, windows);
        return windows.Select(window => string.Create(CultureInfo.InvariantCulture, $"[\"window\",{window.StartTime},{window.EndTime}]"));
    }

    private static IEnumerable<string> Merge(TimeWindow[] windows)
    {
        var set = new MergingWindowSet();
        foreach (var window in windows)
        {
            set.Add(window);
        }

        foreach (var (merged, _) in set.InOrder())
        {
            var parts = windows.Distinct().Where(window => window.StartTime >= merged.StartTime && window.EndTime <= merged.EndTime).ToList();
            if (parts.Count > 1)
            {
                yield return $"[\"merged\",{Text(merged)},[{string.Join(',', parts.Order(ByTime).Select(Text))}]]";
            }
        }
    }

    private static Comparer<TimeWindow> ByTime { get; } =
        Comparer<TimeWindow>.Create((left, right) => (left.StartTime, left.EndTime).CompareTo((right.StartTime, right.EndTime)));

    private static string Text(TimeWindow window) =>
        string.Create(CultureInfo.InvariantCulture, $"[{window.StartTime},{window.EndTime}]");
}
