using System.Globalization;
using System.Text.Json;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Scripts that Flink's window operator executed, on the operators that keep one slot a key: sessions and count windows without more.
/// </summary>
/// <remarks>One millisecond there is one microsecond here.</remarks>
public sealed class GoldenOneSlotTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void R7_sessions_give_what_Flink_gives_step_by_step(bool crash) =>
        Play(crash, IsPlainSession, WindowForm.Session, least: 15);

    [Theory, InlineData(false), InlineData(true)]
    public void B8_count_windows_give_what_Flink_gives_step_by_step(bool crash) =>
        Play(crash, test => test.Group == "window/count_window", WindowForm.Counted, least: 25);

    private static void Play(bool crash, Func<GoldenCase, bool> isPlayed, WindowForm form, int least)
    {
        var played = 0;
        foreach (var test in GoldenFile.Read("a-windows").Where(isPlayed))
        {
            var difference = GoldenPlay.DifferenceOf(test, test => new OneSlot(test, form), crash);
            Assert.True(difference is null, $"{test.Id} {test.Operator.GetRawText()} {difference}");
            played++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{played} scripts");
        Assert.True(played >= least, $"only {played} scripts were played");
    }

    private static bool IsPlainSession(GoldenCase test) =>
        test.Group == "window/session/event"
        && !test.ForgetsWatermark
        && test.Operator.GetProperty("trigger").GetProperty("type").GetString() is "default" or "event_time"
        && test.Operator.GetProperty("evictor").ValueKind == JsonValueKind.Null
        && test.Operator.GetProperty("lateness").GetInt64() == 0;

    /// <summary>The operator of one case.</summary>
    private sealed class OneSlot : IGoldenOperator
    {
        private readonly Stage _stage;
        private readonly bool _hasLate;
        private readonly List<string> _output = [];
        private readonly SubtaskContext _subtask = new(TestJob.Context("golden") with { BatchCapacity = 16 }, 0, 0, 1);
        private Receiver<(string Key, long Value)> _kernel;
        private IStatefulOperator _operator;

        public OneSlot(GoldenCase test, WindowForm form)
        {
            _hasLate = test.Operator.GetProperty("late_output").GetBoolean();
            _stage = StageOf(test.Operator);
            Assert.Equal(form, _stage.WindowForm);
            (_kernel, _operator) = Make();
        }

        public IEnumerable<string> Take(JsonElement step)
        {
            _output.Clear();
            switch (step[0].GetString())
            {
                case "el":
                    var batch = new Batch<(string, long)>(1);
                    batch.Add((step[1].GetRawText(), step[2].GetInt64()),
                        step[3].ValueKind == JsonValueKind.Null ? long.MinValue : step[3].GetInt64());
                    _kernel.OnBatch(batch);
                    break;
                case "wm":
                    _kernel.OnWatermark(new Watermark(step[1].GetInt64()));
                    break;
                case "pt":
                    break;
                case "restore":
                    Restore();
                    break;
                case var other:
                    throw new InvalidDataException($"The step '{other}' is not known.");
            }

            return _output;
        }

        public void Restore()
        {
            var writer = new OperatorStateWriter(_operator.Id);
            _operator.Snapshot(writer);
            var snapshot = writer.ToState();
            (_kernel, _operator) = Make();
            _operator.Restore(snapshot);
        }

        public string? Check(GoldenCase test, int step) =>
            step < test.Steps - 1 || _hasLate || _subtask.Counters.Late == (test.Number("late_dropped") ?? 0) ? null
                : $"{_subtask.Counters.Late} records were late";

        private (Receiver<(string, long)> Kernel, IStatefulOperator Operator) Make()
        {
            var owned = new List<IStatefulOperator>();
            var receivers = new Dictionary<StageOutput, object>
            {
                [_stage.Outputs[0]] = new Recorder<string>(_output, static (value, time) =>
                    $"[\"out\",{value},{time}]".Replace(long.MinValue + "," + long.MaxValue, "null,null", StringComparison.Ordinal)),
            };
            if (_hasLate)
            {
                receivers[_stage.Outputs[1]] = new Recorder<(string Key, long Value)>(null, (value, time) =>
                    $"[\"side\",\"late\",{value.Key},{value.Value},{time}]")
                { Records = _output };
            }

            var context = new SpanContext([_stage], receivers, _subtask, owned);
            var kernel = _stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
            return ((Receiver<(string, long)>)kernel, owned.Single());
        }

        private Stage StageOf(JsonElement what)
        {
            var keyed = new Job("golden").From(new MemorySource<(string Key, long Value)>([]))
                .WithEventTime(_ => 0L, TimeSpan.Zero)
                .KeyBy(record => record.Key);
            var windowed = keyed.Window(KindOf(what));
            windowed = _hasLate ? windowed.LateTo(out _) : windowed;
            return what.GetProperty("function").GetString() switch
            {
                "list" => windowed.Aggregate(g => Text(g.Key, $"[{string.Join(',', g.Select(record => record.Value))}]", g.Window)).Stage,
                "sum_reduce" or "sum_aggregate" =>
                    windowed.Aggregate(new SumOf(), (key, window, sum) => Text(key, $"{sum}", window)).Stage,
                var other => throw new InvalidDataException($"The function '{other}' is not known."),
            };
        }

        private static WindowKind KindOf(JsonElement what) =>
            !what.TryGetProperty("same_as", out var same)
                ? SessionWindow.WithGap(TimeSpan.FromMicroseconds(what.GetProperty("assigner").GetProperty("gap").GetInt64()))
            : same.TryGetProperty("slide", out var slide) ? CountWindow.Of(same.GetProperty("count_window").GetInt64(), slide.GetInt64())
            : CountWindow.Of(same.GetProperty("count_window").GetInt64());

        private static string Text(string key, string result, TimeWindow window) =>
            string.Create(CultureInfo.InvariantCulture, $"{key},{result},{window.StartTime},{window.EndTime}");
    }

    private sealed class Recorder<T>(List<string>? marks, Func<T, long, string> text) : Receiver<T>
    {
        public List<string> Records { get; init; } = marks ?? [];

        public override void OnBatch(Batch<T> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Records.Add(text(batch.Values[i], batch.Times[i]));
            }
        }

        public override void OnWatermark(Watermark watermark) =>
            marks?.Add(string.Create(CultureInfo.InvariantCulture, $"[\"wm\",{watermark.Time}]"));

        public override void OnIdle(bool isIdle) => marks?.Add(isIdle ? "[\"idle\"]" : "[\"active\"]");
    }

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
