using System.Globalization;
using System.Text.Json;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>The little language of the golden scripts of processes: rules, each a condition and an action.</summary>
internal sealed class GoldenRules(JsonElement what)
{
    public static readonly SideOutput<string> Side = new("s");

    private readonly JsonElement[][] _onElement = Rules(what, "on_element");
    private readonly JsonElement[][] _onTimer = Rules(what, "on_timer");

    public void OnElement(int input, long value, States states, ProcessContext<long, string> context) =>
        Run(_onElement, new Call("element", input.ToString(CultureInfo.InvariantCulture), value, context.Time), states, context);

    public void OnTimer(KeyedTimer timer, States states, ProcessContext<long, string> context) => Run(
        _onTimer,
        new Call("timer", timer.IsEventTime ? "event" : "processing", ((timer.Time % 10) + 10) % 10, timer.Time),
        states,
        context);

    private static JsonElement[][] Rules(JsonElement what, string name) =>
        [.. what.GetProperty(name).EnumerateArray().Select(rule => rule.EnumerateArray().ToArray())];

    private static void Run(JsonElement[][] rules, Call call, States states, ProcessContext<long, string> context)
    {
        foreach (var rule in rules)
        {
            if (Holds(rule[0].GetString()!, call))
            {
                Act(rule, call, states, context);
            }
        }
    }

    private static bool Holds(string condition, Call call) => condition switch
    {
        "always" => true,
        "even" => call.Value % 2 == 0,
        "odd" => call.Value % 2 != 0,
        "v<3" => call.Value < 3,
        "v>=5" => call.Value >= 5,
        "v=7" => call.Value == 7,
        "event" or "processing" => call.From == condition,
        "input=1" or "input=2" => call.Kind == "element" && $"input={call.From}" == condition,
        _ => throw new JsonException($"condition '{condition}' is not known"),
    };

    private static void Act(JsonElement[] rule, Call call, States states, ProcessContext<long, string> context)
    {
        switch (rule[1].GetString())
        {
            case "emit":
                context.Emit(
                    $"""["out",{context.Key},"{call.Kind}","{call.From}",{call.Value},{Text(call.Time)},{context.Watermark},"""
                        + $"{context.ProcessingTime}");
                break;
            case "side":
                context.Emit(Side, $"""["side","s",{context.Key},"{call.Kind}",{call.Value}""");
                break;
            case "count":
                states.Count.Value++;
                context.Emit($"""["out",{context.Key},"count",{states.Count.Value}""");
                break;
            case "clear":
                states.Count.Clear();
                break;
            default:
                SetTimer(rule, call, states, context);
                break;
        }
    }

    private static void SetTimer(JsonElement[] rule, Call call, States states, ProcessContext<long, string> context)
    {
        var @base = rule[2].GetString() switch
        {
            "ts" => call.Time,
            "wm" => context.Watermark is long.MinValue or long.MaxValue ? null : context.Watermark,
            _ => context.ProcessingTime,
        };
        if (@base is null)
        {
            return;
        }

        if (rule.Length > 5)
        {
            if (states.Chain.Value >= rule[5].GetInt64())
            {
                return;
            }

            states.Chain.Value++;
        }

        var time = @base.Value + (rule[3].GetInt64() * call.Value) + rule[4].GetInt64();
        switch (rule[1].GetString())
        {
            case "register_event":
                context.RegisterEventTimer(time);
                break;
            case "delete_event":
                context.DeleteEventTimer(time);
                break;
            case "register_processing":
                context.RegisterProcessingTimer(time);
                break;
            case "delete_processing":
                context.DeleteProcessingTimer(time);
                break;
            default:
                throw new JsonException($"action '{rule[1]}' is not known");
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    /// <summary>The two counters of a key.</summary>
    internal sealed record States(ValueState<long> Count, ValueState<long> Chain);

    private readonly record struct Call(string Kind, string From, long Value, long? Time);
}
