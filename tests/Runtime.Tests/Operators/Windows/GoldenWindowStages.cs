using System.Globalization;
using System.Text.Json;
using Weir.Graph;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Describes the operator of a golden case by the public verbs.</summary>
internal static class GoldenWindowStages
{
    static GoldenWindowStages() => Codecs.Register(new ReadingCodec());

    public static Stage Of(GoldenCase test)
    {
        var what = test.Operator;
        var keyed = new Job("golden").From(new MemorySource<Reading>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key);
        var kind = GoldenWindowKinds.Of(what.GetProperty("assigner"));
        var windowed = kind is WindowKind<Reading> ofRecord ? keyed.Window(ofRecord) : keyed.Window((WindowKind)kind);
        windowed = WithTrigger(windowed, what.GetProperty("trigger"));
        if (what.GetProperty("evictor") is { ValueKind: JsonValueKind.Object } evictor)
        {
            windowed = WithEvictor(windowed, evictor);
        }

        if (what.GetProperty("lateness").GetInt64() is var lateness && lateness > 0)
        {
            windowed = windowed.AllowLateness(Time(lateness));
        }

        if (what.GetProperty("late_output").GetBoolean())
        {
            windowed = windowed.LateTo(out _);
        }

        return Function(windowed, what.GetProperty("function").GetString()!).Stage;
    }

    /// <summary>A time of the scripts; a greater one than there is becomes the greatest.</summary>
    public static TimeSpan Time(long time) =>
        TimeSpan.FromTicks((long)Int128.Clamp((Int128)time * TimeSpan.TicksPerMicrosecond, long.MinValue, long.MaxValue));

    private static WindowedStream<Reading, long> WithTrigger(WindowedStream<Reading, long> windowed, JsonElement trigger) =>
        Trigger(trigger) switch
        {
            Trigger any => windowed.Trigger(any),
            Trigger<Reading> own => windowed.Trigger(own),
            _ => windowed,
        };

    private static object? Trigger(JsonElement trigger)
    {
        switch (trigger.GetProperty("type").GetString())
        {
            case "default":
                return null;
            case "event_time":
                return Weir.Trigger.EventTime;
            case "processing_time":
                return Weir.Trigger.ProcessingTime;
            case "count":
                return Weir.Trigger.Count(trigger.GetProperty("n").GetInt64());
            case "continuous_event_time":
                return Weir.Trigger.Continuous(Time(trigger.GetProperty("interval").GetInt64()));
            case "continuous_processing_time":
                return Weir.Trigger.ContinuousProcessingTime(Time(trigger.GetProperty("interval").GetInt64()));
            case "delta":
                return Weir.Trigger.Delta<Reading>(
                    trigger.GetProperty("threshold").GetDouble(), (last, now) => now.Value - last.Value);
            case "processing_timeout":
                var (timeout, reset, clear) = (
                    Time(trigger.GetProperty("timeout").GetInt64()),
                    trigger.GetProperty("reset_on_element").GetBoolean(),
                    trigger.GetProperty("clear_on_timeout").GetBoolean());
                return Trigger(trigger.GetProperty("of")) switch
                {
                    Trigger any => Weir.Trigger.ProcessingTimeout(any, timeout, reset, clear),
                    Trigger<Reading> own => Weir.Trigger.ProcessingTimeout(own, timeout, reset, clear),
                    _ => throw new JsonException("A timeout of the default trigger."),
                };
            case "purging":
                return Trigger(trigger.GetProperty("of")) switch
                {
                    Trigger any => any.Purging(),
                    Trigger<Reading> own => own.Purging(),
                    _ => throw new JsonException("The default trigger, purging."),
                };
            case var other:
                throw new JsonException($"The trigger '{other}' is not known.");
        }
    }

    private static WindowedStream<Reading, long> WithEvictor(WindowedStream<Reading, long> windowed, JsonElement evictor)
    {
        var when = evictor.GetProperty("when").GetString() == "before" ? EvictWhen.BeforeFunction : EvictWhen.AfterFunction;
        return evictor.GetProperty("type").GetString() switch
        {
            "count" => windowed.Evict(Evictor.Count(evictor.GetProperty("n").GetInt64()), when),
            "time" => windowed.Evict(Evictor.Time(Time(evictor.GetProperty("keep").GetInt64())), when),
            "delta" => windowed.Evict(
                Evictor.Delta<Reading>(evictor.GetProperty("threshold").GetDouble(), (record, last) => last.Value - record.Value), when),
            var other => throw new JsonException($"The evictor '{other}' is not known."),
        };
    }

    private static Stream<string> Function(WindowedStream<Reading, long> windowed, string function) => function switch
    {
        "sum_reduce" => windowed.Reduce(
            (sum, record) => new Reading(sum.Key, sum.Value + record.Value),
            (key, window, sum) => Text(key, sum is null ? "null" : Text(sum.Value), window)),
        "sum_aggregate" => windowed.Aggregate(new Sum(), (key, window, sum) => Text(key, Text(sum), window)),
        "list" => windowed.Aggregate(g => Text(g.Key, List(g), g.Window)),
        "list_fires" => windowed.Process(() => new ListFires()),
        _ => throw new JsonException($"The function '{function}' is not known."),
    };

    private static string List(IEnumerable<Reading> records) => $"[{string.Join(',', records.Select(record => Text(record.Value)))}]";

    private static string Text(long key, string result, TimeWindow window) => window == TimeWindow.All
        ? $"[\"out\",{Text(key)},{result},null,null"
        : $"[\"out\",{Text(key)},{result},{Text(window.StartTime)},{Text(window.EndTime)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class ListFires : WindowProcess<IReadOnlyList<Reading>, long, string>
    {
        private ValueState<int>? _windowFires = new(StateScope.Window);
        private ValueState<int>? _keyFires = new();

        public override void OnFire(IReadOnlyList<Reading> records, WindowContext<long, string> context)
        {
            var (window, key) = (++_windowFires!.Ref, ++_keyFires!.Ref);
            var result = string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"values\":{List(records)},\"window_fires\":{window},\"key_fires\":{key},\"wm\":{context.Watermark},\"pt\":{context.ProcessingTime}}}");
            context.Emit(Text(context.Key, result, context.Window));
        }

        // The generator does not run in this project.
        protected override void Wire(StateBinder binder)
        {
            binder.Bind(nameof(_windowFires), ref _windowFires);
            binder.Bind(nameof(_keyFires), ref _keyFires);
        }
    }

    private sealed class Sum : IAggregate<Reading, long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in Reading record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
