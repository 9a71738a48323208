using System.Globalization;
using System.Text.Json;
using Weir.Graph;
using Weir.Runtime.Operators.Keyed;
using Weir.Runtime.Tests.Golden;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Scripts that Flink's own keyed process operators executed. A millisecond there is a microsecond here.</summary>
public sealed class GoldenProcessTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Processes_of_one_stream_give_what_Flink_gives_step_by_step(bool crash) =>
        Assert.True(GoldenPlay.All("b-process", test => new OneInput(test), crash, "process/one_input") > 100);

    [Theory, InlineData(false), InlineData(true)]
    public void Processes_of_two_streams_give_what_Flink_gives_step_by_step(bool crash) =>
        Assert.True(GoldenPlay.All("b-process", test => new TwoInputs(test), crash, "process/two_inputs") > 50);

    private static Stage Stage(Func<KeyedStream<(long Key, long Value), long>, Stream<string>> process)
    {
        var source = new Job("golden").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key);
        var results = process(source);
        results.Side(GoldenRules.Side);
        return results.Stage;
    }

    // The operator, and the steps that are the same for both.
    private abstract class Played<T>(Stage stage) : IGoldenOperator
    {
        protected ProcessHarness<T> Harness { get; } = new(stage);

        public IEnumerable<string> Take(JsonElement step)
        {
            Do(step[0].GetString()!, step);
            foreach (var made in Harness.Take())
            {
                yield return made.Value switch
                {
                    string mark when made.Time is null => mark.StartsWith("WM", StringComparison.Ordinal)
                        ? $"[\"wm\",{mark[2..]}]" : $"[\"{mark}\"]",
                    var record => made is { Output: null, Time: long.MinValue } ? $"{record},null]"
                        : string.Create(CultureInfo.InvariantCulture, $"{record},{made.Time}]"),
                };
            }
        }

        // As a crash: what the operator promised stands.
        public virtual void Restore() => Harness.Restore(Harness.Snapshot());

        public string? Check(GoldenCase test, int step)
        {
            var timers = Timers();
            return test.Timers(step) is not { } expected || expected == timers
                ? null
                : $"{timers} timers are left instead of {expected}";
        }

        protected virtual void Do(string what, JsonElement step)
        {
            switch (what)
            {
                case "pt":
                    Harness.Clock(step[1].GetInt64());
                    break;
                case "restore":
                    // A restore of Flink's forgets the watermark; ours keeps it with the key groups (ADR).
                    Harness.Restore(Harness.Snapshot() with { Shared = [] });
                    break;
                default:
                    throw new JsonException($"step '{what}' is not known");
            }
        }

        protected static ((long Key, long Value) Record, long Time) Record(JsonElement step) => (
            (step[1].GetInt64(), step[2].GetInt64()),
            step[3].ValueKind == JsonValueKind.Null ? long.MinValue : step[3].GetInt64());

        protected abstract (int Event, int Processing) Timers();
    }

    private sealed class OneInput(GoldenCase test) : Played<(long Key, long Value)>(
        Stage(keyed => keyed.Process(() => new GoldenProcess(new GoldenRules(test.Operator)))))
    {
        protected override void Do(string what, JsonElement step)
        {
            switch (what)
            {
                case "el":
                    Harness.Records(Record(step));
                    break;
                case "wm":
                    Harness.Watermark(step[1].GetInt64());
                    break;
                default:
                    base.Do(what, step);
                    break;
            }
        }

        protected override (int Event, int Processing) Timers() =>
            ((ProcessByKey<(long Key, long Value), long, string>)Harness.Operator).Timers;
    }

    // The two streams meet in the gate of the operator's subtask, which combines what they promise.
    private sealed class TwoInputs(GoldenCase test) : Played<Either<(long Key, long Value), (long Key, long Value)>>(
        Stage(keyed => keyed.Connect(keyed).Process(() => new GoldenProcessOfTwo(new GoldenRules(test.Operator)))))
    {
        private InputWatermarks _inputs = new(1, 1);

        protected override void Do(string what, JsonElement step)
        {
            switch (what)
            {
                case "l":
                    var (left, leftTime) = Record(step);
                    Harness.Records((new(true, left, default), leftTime));
                    break;
                case "r":
                    var (right, rightTime) = Record(step);
                    Harness.Records((new(false, default, right), rightTime));
                    break;
                case "wl" or "wr":
                    Pass(_inputs.OnWatermark(what == "wl" ? 0 : 1, new(step[1].GetInt64())));
                    break;
                case "idle_l" or "idle_r" or "active_l" or "active_r":
                    var wasIdle = _inputs.IsIdle;
                    Pass(_inputs.OnIdle(what.EndsWith('l') ? 0 : 1, what.StartsWith("idle", StringComparison.Ordinal)));
                    if (_inputs.IsIdle != wasIdle)
                    {
                        Harness.Idle(_inputs.IsIdle);
                    }

                    break;
                case "restore":
                    _inputs = new(1, 1);
                    base.Do(what, step);
                    break;
                default:
                    base.Do(what, step);
                    break;
            }
        }

        protected override (int Event, int Processing) Timers() =>
            ((ProcessByKey<Either<(long Key, long Value), (long Key, long Value)>, long, string>)Harness.Operator).Timers;

        private void Pass(Weir.Runtime.Streams.Watermark? watermark)
        {
            if (watermark is { } passed)
            {
                Harness.Watermark(passed.Time);
            }
        }
    }
}
