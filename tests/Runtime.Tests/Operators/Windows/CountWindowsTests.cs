using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class CountWindowsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void B8_each_fourth_record_of_a_key_completes_a_window_at_the_greatest_time(bool crash)
    {
        var run = new Run(CountWindow.Of(4), sums: true);
        var came = run.Play("2@3000 2@3999 1@20 1@0 1@999 2@1998 2@1999", crash);
        Assert.Equal($"2=4@{long.MaxValue}", came);
        Assert.Equal("", run.Play("2@1000", crash));
        Assert.Equal($"1=4@{long.MaxValue} 2=4@{long.MaxValue}", run.Play("1@10999 2@1000 2@1000 2@1000", crash));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Streams_without_event_time_have_count_windows_whose_results_have_no_time(bool crash)
    {
        var run = new Run(CountWindow.Of(3), sums: false);
        Assert.Equal("a=0,1,3", run.Play("a a b a b", crash));
        Assert.Equal("b=2,4,5", run.Play("b", crash));
    }

    [Fact]
    public void The_result_sees_the_window_of_all_times_and_incomplete_windows_give_nothing_at_the_end()
    {
        var run = new Run(CountWindow.Of(2), sums: false) { ShowsWindow = true };
        Assert.Equal($"a=0,1 {TimeWindow.All}", run.Play("a a a", crash: false));
        run.Watermark(long.MaxValue);
        Assert.Equal("WM(end)", run.Came());
    }

    [Theory]
    [InlineData(3, 1, "a=0 a=0,1 a=0,1,2 a=1,2,3 a=2,3,4 a=3,4,5 a=4,5,6")]
    [InlineData(4, 2, "a=0,1 a=0,1,2,3 a=2,3,4,5")]
    [InlineData(2, 3, "a=1,2 a=4,5")]
    [InlineData(1, 4, "a=3")]
    [InlineData(3, 3, "a=0,1,2 a=3,4,5")]
    [InlineData(100, 6, "a=0,1,2,3,4,5")]
    public void A_window_that_slides_holds_the_last_records_and_fires_after_each_slide(long size, long slide, string expected)
    {
        foreach (var crash in (bool[])[false, true])
        {
            var run = new Run(CountWindow.Of(size, slide), sums: false);
            Assert.Equal(expected, run.Play("a a a a a a a", crash));
        }
    }

    [Fact]
    public void Keys_that_do_not_come_again_are_forgotten_when_others_go_on()
    {
        var run = new Run(CountWindow.Of(2), sums: true);
        for (var i = 0; i < 20_000; i++)
        {
            run.Play($"k{i} k{i}", crash: false);
        }

        Assert.InRange(run.Keys(), 0, 100);

        // A key whose window has begun is not: its other record completes it.
        Assert.Equal("", run.Play("x", crash: false));
        for (var i = 0; i < 1000; i++)
        {
            run.Play($"k{i} k{i}", crash: false);
        }

        Assert.Equal("x=2", run.Play("x", crash: false));
    }

    // Of keys that come once, no more than this stay, however many come: an eighth or a third of the slots of the table.
    [Theory, InlineData(10, 10_000, 1_000), InlineData(1, 300_000, 60_000)]
    public void Keys_that_come_once_are_forgotten_while_batches_are_full_of_them(int size, int keys, int most)
    {
        var run = new Run(CountWindow.Of(size), sums: true);
        var atOnce = 1000 / size;
        for (var first = 0; first < keys; first += atOnce)
        {
            var batch = Enumerable.Range(0, 1000).Select(i => $"k{first + (i % atOnce)}");
            Assert.Equal(atOnce, run.Play(string.Join(' ', batch), crash: false).Split(' ').Length);
        }

        Assert.InRange(run.Keys(), 0, most);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(10)]
    public void Thousands_of_keys_that_come_again_lose_no_record(int size)
    {
        var run = new Run(CountWindow.Of(size), sums: true);
        var random = new Random(size);
        var counted = new int[3000];
        for (var batch = 0; batch < 60; batch++)
        {
            var expected = new List<string>();
            var keys = Enumerable.Range(0, 1000).Select(_ => random.Next(counted.Length)).ToList();
            foreach (var key in keys)
            {
                if (++counted[key] % size == 0)
                {
                    expected.Add($"k{key}={size}");
                }
            }

            Assert.Equal(string.Join(' ', expected), run.Play(string.Join(' ', keys.Select(key => $"k{key}")), crash: false));
            if (batch == 30)
            {
                run.Restore();
            }
        }
    }

    [Fact]
    public void Count_windows_are_those_of_a_naive_model_however_records_are_cut_into_batches()
    {
        var fresh = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds 0 to 199, {fresh} to {fresh + 49}");
        foreach (var seed in Enumerable.Range(0, 200).Concat(Enumerable.Range(fresh, 50)))
        {
            var random = new Random(seed);
            var (size, slide) = (random.Next(1, 12), random.Next(1, 12));
            var isTumbling = random.Next(2) == 0;
            var run = new Run(isTumbling ? CountWindow.Of(size) : CountWindow.Of(size, slide), sums: false);
            var (all, expected) = (new Dictionary<string, List<int>>(), new List<string>());
            var number = 0;
            for (var batch = 0; batch < 40; batch++)
            {
                var keys = Enumerable.Range(0, random.Next(1, 20)).Select(_ => $"k{random.Next(random.Next(1, 9))}").ToList();
                foreach (var key in keys)
                {
                    all.TryAdd(key, []);
                    all[key].Add(number++);
                    if (all[key].Count % (isTumbling ? size : slide) == 0)
                    {
                        expected.Add($"{key}={string.Join(',', all[key].TakeLast(size))}");
                    }
                }

                Assert.Equal($"seed {seed}: {string.Join(' ', expected)}", $"seed {seed}: {run.Play(string.Join(' ', keys), crash: false)}");
                expected.Clear();
                if (random.Next(5) == 0)
                {
                    run.Restore();
                }
            }
        }
    }

    [Fact]
    public void A_window_of_very_many_records_takes_no_room_before_they_come()
    {
        var run = new Run(CountWindow.Of(long.MaxValue, long.MaxValue - 1), sums: false);
        Assert.Equal("", run.Play("a a a b", crash: true));
    }

    /// <summary>One operator, whose records are keys with a number that counts them.</summary>
    private sealed class Run
    {
        private readonly CountWindow _windows;
        private readonly bool _sums;
        private readonly List<string> _came = [];
        private readonly SubtaskContext _subtask = new(TestJob.Context("counts"), 0, 0, 1);
        private Receiver<(string Key, long Value)>? _kernel;
        private IStatefulOperator? _operator;
        private int _number;

        public Run(CountWindow windows, bool sums) => (_windows, _sums) = (windows, sums);

        public bool ShowsWindow { get; init; }

        public string Play(string records, bool crash)
        {
            var items = records.Split(' ');
            foreach (var part in crash ? items.Select(item => (string[])[item]) : [items])
            {
                if (crash)
                {
                    Restore();
                }

                var batch = new Batch<(string, long)>(part.Length);
                foreach (var item in part)
                {
                    if (item.Split('@') is [var key, var time])
                    {
                        batch.Add((key, _sums ? 1 : _number++), long.Parse(time, CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        batch.Add((item, _sums ? 1 : _number++));
                    }
                }

                Kernel.OnBatch(batch);
            }

            return Came();
        }

        public string Came()
        {
            var came = string.Join(' ', _came);
            _came.Clear();
            return came;
        }

        public void Watermark(long time) => Kernel.OnWatermark(new Watermark(time));

        public int Keys() => Snapshot().KeyGroups.Length;

        public void Restore()
        {
            var snapshot = _operator is null ? null : Snapshot();
            (_kernel, _operator) = (null, null);
            if (snapshot is not null)
            {
                _ = Kernel;
                _operator!.Restore(snapshot);
            }
        }

        private Receiver<(string Key, long Value)> Kernel
        {
            get
            {
                if (_kernel is null)
                {
                    var owned = new List<IStatefulOperator>();
                    var stage = Stage();
                    var context = new SpanContext(
                        [stage], new Dictionary<StageOutput, object> { [stage.Outputs[0]] = new Recorder(_came) }, _subtask, owned);
                    _kernel = (Receiver<(string, long)>)stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
                    _operator = owned.Single();
                }

                return _kernel;
            }
        }

        private OperatorState Snapshot()
        {
            var writer = new OperatorStateWriter(_operator!.Id);
            _operator.Snapshot(writer);
            return writer.ToState();
        }

        private Stage Stage()
        {
            var windowed = new Job("counts").From(new MemorySource<(string Key, long Value)>([])).KeyBy(record => record.Key).Window(_windows);
            return _sums
                ? windowed.Aggregate(new SumOf(), (key, _, sum) => $"{key}={sum}").Stage
                : windowed.Aggregate(g =>
                    $"{g.Key}={string.Join(',', g.Select(record => record.Value))}{(ShowsWindow ? $" {g.Window}" : "")}").Stage;
        }
    }

    private sealed class Recorder(List<string> came) : Receiver<string>
    {
        public override void OnBatch(Batch<string> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                came.Add(batch.IsTimed ? $"{batch.Values[i]}@{batch.Times[i]}" : batch.Values[i]);
            }
        }

        public override void OnWatermark(Watermark watermark) => came.Add($"{watermark}");

        public override void OnIdle(bool isIdle)
        {
        }
    }

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
