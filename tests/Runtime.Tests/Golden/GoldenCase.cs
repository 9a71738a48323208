using System.Text.Json;

namespace Weir.Runtime.Tests.Golden;

/// <summary>A script that an operator of Flink executed, and what came out of each of its steps.</summary>
/// <param name="root">The case, as its file has it.</param>
internal sealed class GoldenCase(JsonElement root)
{
    /// <summary>Gets its name, unique over all files.</summary>
    public string Id { get; } = root.GetProperty("id").GetString()!;

    /// <summary>Gets the group that it was made in.</summary>
    public string Group { get; } = root.GetProperty("group").GetString()!;

    /// <summary>Gets the operator: what kind, and its settings.</summary>
    public JsonElement Operator { get; } = root.GetProperty("operator");

    /// <summary>Gets the steps: an array each, its name first.</summary>
    public IReadOnlyList<JsonElement> Script { get; } = [.. root.GetProperty("script").EnumerateArray()];

    /// <summary>Gets a value indicating whether a restore forgets the watermark in a way that shows.</summary>
    public bool ForgetsWatermark { get; } = root.TryGetProperty("wm_reset", out _);

    /// <summary>Gets a value indicating whether lists within results are in no particular order.</summary>
    public bool HasFreeLists { get; } = root.TryGetProperty("list_order", out var order) && order.GetString() == "free";

    /// <summary>Gets the number of steps to compare: from the first defect of Flink's on nothing is.</summary>
    public int Steps { get; } = (int)Math.Min(
        root.GetProperty("script").GetArrayLength(),
        root.TryGetProperty("flink_defect", out var defects) ? Numbers(defects).Append(long.MaxValue).Min() : long.MaxValue);

    /// <summary>What a step puts out.</summary>
    /// <param name="step">Its index.</param>
    /// <returns>The records, the watermark or status last.</returns>
    public IEnumerable<JsonElement> Output(int step) => root.GetProperty("output")[step].EnumerateArray();

    /// <summary>The timers that are registered behind a step, if the case says.</summary>
    /// <param name="step">Its index.</param>
    /// <returns>Those of event time and of processing time; null if it does not say.</returns>
    public (int Event, int Processing)? Timers(int step) =>
        root.TryGetProperty("timers", out var timers) ? (timers[step][0].GetInt32(), timers[step][1].GetInt32()) : null;

    /// <summary>A number beside the script.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number; null if the case has none.</returns>
    public long? Number(string name) => root.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static IEnumerable<long> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetInt64()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Numbers(member.Value)),
        _ => [],
    };
}
