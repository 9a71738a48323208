using System.Globalization;
using System.Text.Json;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Tests.Golden;

/// <summary>Steps and records of the scripts of watermarks. Their milliseconds are our microseconds: rules know no unit.</summary>
internal static class MarkScript
{
    public static string Name(this JsonElement step) => step[0].GetString()!;

    public static long Long(this JsonElement step, int index) => step[index].GetInt64();

    public static string Text(Watermark watermark) => string.Create(CultureInfo.InvariantCulture, $"[\"wm\",{watermark.Time}]");

    public static string Text(bool isIdle) => isIdle ? "[\"idle\"]" : "[\"active\"]";

    /// <summary>The bound and the silence of a case's strategy; no bound for one of ascending times.</summary>
    public static (long? Bound, long? IdleAfter) StrategyOf(GoldenCase test)
    {
        var strategy = test.Operator.GetProperty("strategy");
        return (Number(strategy.GetProperty("bound")), Number(strategy.GetProperty("idle_timeout")));
    }

    private static long? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetInt64();
}
