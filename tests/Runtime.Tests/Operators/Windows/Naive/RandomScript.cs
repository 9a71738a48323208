using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>Random scripts in the form of the golden ones: operators of every combination, not of those alone that the files hold.</summary>
/// <param name="random">What they are drawn by.</param>
internal sealed class RandomScript(Random random)
{
    private const int MostSteps = 60;

    /// <summary>A script, without what it gives.</summary>
    public JsonObject Make()
    {
        var time = Any("event", "event", "event", "processing");
        var assigner = Assigner(time);
        var type = assigner["type"]!.GetValue<string>();
        var isMerging = type.EndsWith("session", StringComparison.Ordinal);
        var isGlobal = type is "global" or "global_eos";
        var trigger = type == "global" || random.Next(2) == 0 ? Trigger(isMerging, isGlobal) : new JsonObject { ["type"] = "default" };

        // A record without time lies at the beginning of time: from there on a trigger that fires at intervals would never catch up.
        var needsTime = type is "tumbling" or "sliding"
            || trigger.ToJsonString().Contains("continuous_event_time", StringComparison.Ordinal);
        return new JsonObject
        {
            ["id"] = "random",
            ["group"] = "random",
            ["operator"] = new JsonObject
            {
                ["kind"] = "window",
                ["assigner"] = assigner,
                ["trigger"] = trigger,
                ["evictor"] = random.Next(3) == 0 ? Evictor() : null,
                ["lateness"] = Any(0L, 0, 1, 5, 40, 1000),
                ["late_output"] = random.Next(2) == 0,
                ["function"] = isMerging ? Any("sum_reduce", "sum_aggregate", "list") : Any("sum_reduce", "sum_aggregate", "list", "list_fires"),
            },
            ["script"] = Steps(time == "event", needsTime),
        };
    }

    /// <summary>The case of a script, with what the model gives.</summary>
    public static GoldenCase WithModel(JsonObject script)
    {
        var naive = new NaiveOperator(CaseOf(script, []));
        var output = new JsonArray();
        foreach (var step in script["script"]!.AsArray())
        {
            JsonArray records;
            try
            {
                var element = JsonSerializer.SerializeToElement(step);
                records = [.. naive.Take(element).Select(static record => JsonNode.Parse(record))];
            }
            catch (InvalidOperationException)
            {
                records = [new JsonArray("error", "model")];
            }

            output.Add(records);
        }

        return CaseOf(script, output);
    }

    private static GoldenCase CaseOf(JsonObject script, JsonArray output)
    {
        var whole = (JsonObject)script.DeepClone();
        whole["output"] = output;
        using var document = JsonDocument.Parse(whole.ToJsonString());
        return new GoldenCase(document.RootElement.Clone());
    }

    private JsonObject Assigner(string time)
    {
        var size = Any(1L, 2, 3, 7, 10, 20, 100);
        switch (random.Next(time == "event" ? 10 : 9))
        {
            case 0 or 1 or 2:
                return Named("tumbling", time, ("size", size), ("offset", Offset(size)));
            case 3 or 4 or 5:
                var slide = Any(1L, 2, 4, 5, 10, 33);
                return Named("sliding", time, ("size", size), ("slide", slide), ("offset", Offset(slide)));
            case 6:
                return Named("session", time, ("gap", size));
            case 7:
                return Named("dynamic_session", time, ("base", 1 + random.Next(9)), ("step", 1 + random.Next(5)), ("mod", 2 + random.Next(4)));
            case 8:
                return Named("global", time);
            default:
                return Named("global_eos", time);
        }
    }

    private JsonObject Trigger(bool isMerging, bool isGlobal)
    {
        var inner = random.Next(isMerging ? 5 : isGlobal ? 7 : 8) switch
        {
            0 or 1 => new JsonObject { ["type"] = "count", ["n"] = 1 + random.Next(5) },
            2 => new JsonObject { ["type"] = "continuous_event_time", ["interval"] = Any(1L, 3, 5, 10, 30) },
            3 => new JsonObject { ["type"] = "continuous_processing_time", ["interval"] = Any(5L, 10, 30) },
            4 => new JsonObject { ["type"] = isGlobal ? "count" : Any("event_time", "processing_time"), ["n"] = 2 },
            5 => new JsonObject { ["type"] = "delta", ["threshold"] = Any(0.0, 1.5, 4) },
            6 => new JsonObject
            {
                ["type"] = "processing_timeout",
                ["of"] = new JsonObject { ["type"] = "count", ["n"] = 2 + random.Next(4) },
                ["timeout"] = Any(1L, 10, 50),
                ["reset_on_element"] = random.Next(2) == 0,
                ["clear_on_timeout"] = random.Next(2) == 0,
            },
            _ => new JsonObject { ["type"] = "event_time" },
        };
        return random.Next(3) == 0 ? new JsonObject { ["type"] = "purging", ["of"] = inner } : inner;
    }

    private JsonObject Evictor()
    {
        var evictor = random.Next(3) switch
        {
            0 => new JsonObject { ["type"] = "count", ["n"] = random.Next(4) },
            1 => new JsonObject { ["type"] = "time", ["keep"] = Any(1L, 5, 20) },
            _ => new JsonObject { ["type"] = "delta", ["threshold"] = Any(0.0, 2, 5) },
        };
        evictor["when"] = Any("before", "after");
        return evictor;
    }

    private JsonArray Steps(bool isEvent, bool needsTime)
    {
        var (steps, now, clock) = (new JsonArray(), (long)random.Next(-60, 60), 0L);
        long? watermark = null;
        for (var i = random.Next(5, MostSteps); i > 0; i--)
        {
            switch (random.Next(12))
            {
                case 0 when isEvent:
                    // A watermark that does not go on is none, but behind a restore.
                    now += random.Next(4) == 0 ? random.Next(200) : random.Next(20);
                    watermark = Math.Max(now - random.Next(30), watermark + 1 ?? long.MinValue);
                    steps.Add(new JsonArray("wm", watermark.Value));
                    break;
                case 1:
                    clock += random.Next(4) == 0 ? random.Next(300) : random.Next(25);
                    steps.Add(new JsonArray("pt", clock));
                    break;
                case 2 when random.Next(2) == 0:
                    steps.Add(new JsonArray("restore"));
                    if (watermark is { } sent)
                    {
                        steps.Add(new JsonArray("wm", sent));
                    }

                    break;
                default:
                    now += random.Next(5) == 0 ? random.Next(40) : random.Next(5);
                    var time = now - (random.Next(3) == 0 ? random.Next(90) : random.Next(8));
                    var isTimeless = !needsTime && random.Next(10) == 0;
                    steps.Add(new JsonArray("el", 1 + random.Next(3), random.Next(10), isTimeless ? null : time));
                    break;
            }
        }

        if (isEvent && random.Next(2) == 0)
        {
            steps.Add(new JsonArray("wm", long.MaxValue));
        }

        return steps;
    }

    private static JsonObject Named(string type, string time, params ReadOnlySpan<(string Name, long Value)> numbers)
    {
        var named = new JsonObject { ["type"] = type, ["time"] = time };
        foreach (var (name, value) in numbers)
        {
            named[name] = value;
        }

        return named;
    }

    private long Offset(long size) => random.Next(2) == 0 ? 0 : random.NextInt64(-size + 1, size);

    private T Any<T>(params ReadOnlySpan<T> all) => all[random.Next(all.Length)];
}
