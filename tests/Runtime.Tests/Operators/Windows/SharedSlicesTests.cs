using System.Collections;
using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Operators;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Windows that share slices, through the interpreted operators, undisturbed and restored before every item.</summary>
public sealed class SharedSlicesTests
{
    private const string I8 = "key2:1@3999 key2:1@3000 key1:1@20 key1:1@0 key1:1@999 key2:1@1998 key2:1@1999 key2:1@1000 ";

    public enum Function
    {
        /// <summary>A sum: parts are added up beforehand.</summary>
        Sum,

        /// <summary>The values that occur, as a set: an accumulator that holds references.</summary>
        Distinct,

        /// <summary>All values in order of arrival.</summary>
        List,

        /// <summary>The last value: an aggregate of the user's that says it depends on the order.</summary>
        Last,
    }

    public static TheoryData<Function, bool> Ways
    {
        get
        {
            var ways = new TheoryData<Function, bool>();
            foreach (var function in Enum.GetValues<Function>())
            {
                ways.Add(function, false);
                ways.Add(function, true);
            }

            return ways;
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B2_sliding_windows_fire_each_with_all_that_it_holds(bool crash)
    {
        var script = new AggregateScript(Stage(Sliding.Of(Us(3000), Us(1000)), Function.Sum), crash);
        Assert.Equal("key1=3@999 WM999", script.Run(I8 + "WM999"));
        Assert.Equal("key1=3@1999 key2=3@1999 WM1999", script.Run("WM1999"));
        Assert.Equal("key1=3@2999 key2=3@2999 WM2999", script.Run("WM2999 restore"));
        Assert.Equal("key2=5@3999 WM3999", script.Run("WM3999"));
        Assert.Equal("key2=2@4999 WM4999", script.Run("WM4999"));
        Assert.Equal("key2=2@5999 WM5999", script.Run("WM5999"));
        Assert.Equal("WM6999 WM7999", script.Run("WM6999 WM7999"));
        Assert.Equal(0, script.Late);
        Assert.Equal(0, script.KeyGroupsInState);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void B16_a_record_is_late_only_if_all_its_windows_have_fired(bool crash)
    {
        var script = new AggregateScript(Stage(Sliding.Of(Us(3000), Us(1000)), Function.Sum), crash);
        Assert.Equal("key2=1@1999 WM1999", script.Run("key2:1@1000 WM1999"));
        Assert.Equal("key2=2@2999 WM3000", script.Run("key2:1@2000 WM3000"));
        Assert.Equal(
            "key1=2@3999 key1=2@4999 key1=2@5999 key2=1@5999 key2=4@4999 key2=5@3999 WM6000",
            script.Run("key1:1@3001 key2:1@2400 key2:1@2400 key1:1@3001 key2:1@3900 WM6000"));
        Assert.Equal(0, script.Late);
        Assert.Equal("WM25000", script.Run("key1:1@3001 WM25000"));
        Assert.Equal(1, script.Late);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R4_a_record_of_no_window_is_late_only_behind_the_watermark(bool crash)
    {
        var script = new AggregateScript(Stage(Sliding.Of(Us(10), Us(100)), Function.Sum), crash);
        Assert.Equal("", script.Run("a:1@50 a:2@5 b:1@99 a:4@9"));
        Assert.Equal(0, script.Late);
        Assert.Equal("a=6@9 WM60", script.Run("WM60"));
        Assert.Equal("", script.Run("a:1@61 a:1@60 a:1@99 a:1@10"));
        Assert.Equal(2, script.Late);
        Assert.Equal("a=1@109 WM200", script.Run("a:1@105 WM200"));
        Assert.Equal(0, script.KeyGroupsInState);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R3_the_end_of_time_fires_every_window_of_what_is_open(bool crash)
    {
        var script = new AggregateScript(Stage(Sliding.Of(Us(5), Us(2)), Function.Sum), crash);
        Assert.Equal($"a=1@2 a=1@4 WM{long.MaxValue}", script.Run($"a:1@1 WM{long.MaxValue}"));
    }

    [Fact]
    public void A_record_without_event_time_is_refused()
    {
        var script = new AggregateScript(Stage(Sliding.Of(Us(5), Us(2)), Function.Sum), crash: false);
        var failure = Assert.Throws<NoEventTimeException>(() => script.Run($"a:1@{long.MinValue}"));
        Assert.Contains("Aggregate-1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("sliding of 5 us", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_of_a_million_slides_is_skipped_and_nothing_is_walked()
    {
        var script = new AggregateScript(Stage(Sliding.Of(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)), Function.Sum), crash: false);
        const long Year = 365L * 86_400_000_000;
        for (var i = 0; i < 100; i++)
        {
            var fired = script.Run($"a:{i}@{i * Year} WM{((i + 1) * Year) - 1}");
            Assert.Equal(3600, fired.Split(' ').Count(line => line.StartsWith($"a={i}@", StringComparison.Ordinal)));
            Assert.Equal(0, script.KeyGroupsInState);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Windows_give_what_a_model_gives_that_keeps_each_record_in_each_window(Function function, bool crash)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var round = 0; round < (crash ? 60 : 300); round++)
        {
            var random = new Random(seed + round);
            var windows = Kind(random);
            var (script, model) = (new AggregateScript(Stage(windows, function), crash), new Model(windows, function));
            var (now, watermark) = (-50L, long.MinValue);
            for (var i = 0; i < 40; i++)
            {
                string item;
                if (random.Next(4) == 0)
                {
                    watermark = Math.Max(watermark, now - random.Next(60));
                    item = $"WM{watermark}";
                }
                else if (random.Next(12) == 0)
                {
                    item = "restore";
                }
                else
                {
                    now += random.Next(8) == 0 ? random.Next(150) : random.Next(6);
                    item = $"k{random.Next(4)}:{random.Next(1, 30)}@{now - (random.Next(3) == 0 ? random.Next(80) : 0)}";
                }

                var what = $"seed {seed + round}, {windows}, item {i} {item}: ";
                Assert.Equal(what + model.Run(item), what + script.Run(item));
                Assert.Equal($"{what}{model.Late} late", $"{what}{script.Late} late");
            }

            var end = $"WM{long.MaxValue}";
            Assert.Equal($"seed {seed + round} {model.Run(end)}", $"seed {seed + round} {script.Run(end)}");
            Assert.Equal(0, script.KeyGroupsInState);
        }
    }

    [Theory]
    [InlineData(Function.Sum)]
    [InlineData(Function.Distinct)]
    [InlineData(Function.List)]
    public void Fires_that_stop_again_and_again_put_out_the_same_and_take_in_what_comes_meanwhile(Function function)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var round = 0; round < 300; round++)
        {
            var random = new Random(seed + round);
            var windows = Kind(random);
            var script = new AggregateScript(Stage(windows, function), crash: false, random);
            var (model, expected) = (new Model(windows, function), new List<string>());
            var (now, watermark) = (-50L, long.MinValue);
            for (var i = 0; i < 80; i++)
            {
                now += random.Next(8) == 0 ? random.Next(150) : random.Next(6);
                watermark = Math.Max(watermark, now - random.Next(60));
                var item = random.Next(4) == 0
                    ? $"WM{watermark}"
                    : $"k{random.Next(60)}:{random.Next(1, 30)}@{now - (random.Next(3) == 0 ? random.Next(80) : 0)}";
                expected.Add(model.Run(item));
                script.Run(item);
            }

            expected.Add(model.Run($"WM{long.MaxValue}"));
            script.Run($"WM{long.MaxValue}");
            var all = string.Join(' ', expected.Where(line => line.Length > 0));
            Assert.Equal($"seed {seed + round}, {windows}: {all}", $"seed {seed + round}, {windows}: {script.Finish()}");
            Assert.Equal(model.Late, script.Late);
        }
    }

    private static AlignedWindows Kind(Random random)
    {
        var slide = random.Next(1, 12);
        var size = random.Next(6) == 0 ? random.Next(1, 12) : slide * random.Next(1, 20);
        var offset = Us(random.Next(1 - slide, slide));
        return random.Next(5) switch
        {
            0 => Cumulative.Of(Us(slide * random.Next(1, 10)), Us(slide), offset),
            1 => Sliding.Of(Us(random.Next(1, 60)), Us(slide), offset),
            _ => Sliding.Of(Us(size), Us(slide), offset),
        };
    }

    private static TimeSpan Us(long count) => TimeSpan.FromMicroseconds(count);

    private static Stage Stage(WindowKind windows, Function function)
    {
        var windowed = new Job("windows").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(windows);
        return function switch
        {
            Function.Sum => windowed.Aggregate(new SumOf(), (name, _, sum) => $"{name}={sum}").Stage,
            Function.Distinct => windowed.Aggregate(new DistinctOf(), (name, _, all) => $"{name}={all}").Stage,
            Function.Last => windowed.Aggregate(new LastOf(), (name, _, last) => $"{name}={last}").Stage,
            _ => windowed.Aggregate(g => $"{g.Key}={string.Join(',', g.Select(record => record.Value))}").Stage,
        };
    }

    /// <summary>Keeps each record in each of its windows, and walks over all of them.</summary>
    private sealed class Model(AlignedWindows windows, Function function)
    {
        private readonly SortedDictionary<(long End, long Start, string Key), List<long>> _open = [];
        private long _watermark = long.MinValue;

        public long Late { get; private set; }

        public string Run(string item)
        {
            if (item == "restore")
            {
                return "";
            }

            if (item.StartsWith("WM", StringComparison.Ordinal))
            {
                _watermark = long.Parse(item.AsSpan(2), CultureInfo.InvariantCulture);
                var due = _open.Where(pane => pane.Key.End - 1 <= _watermark).ToList();
                due.ForEach(pane => _open.Remove(pane.Key));
                return string.Join(' ', due.Select(pane => $"{pane.Key.Key}={Result(pane.Value)}@{pane.Key.End - 1}")
                    .Order(StringComparer.Ordinal).Append(item));
            }

            var parts = item.Split(':', '@');
            Add(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
            return "";
        }

        private void Add(string key, long value, long time)
        {
            var isTaken = false;
            var slice = windows.SliceOf(time);
            for (var any = windows.TryFirst(slice, out var window); any; any = windows.TryNext(slice, window, out window))
            {
                if (window.MaxTime > _watermark)
                {
                    isTaken = true;
                    var pane = (window.EndTime, window.StartTime, key);
                    _open.TryAdd(pane, []);
                    _open[pane].Add(value);
                }
            }

            Late += !isTaken && time <= _watermark ? 1 : 0;
        }

        private string Result(List<long> values) => function switch
        {
            Function.Sum => $"{values.Sum()}",
            Function.Distinct => string.Join(',', values.Distinct().Order()),
            Function.Last => $"{values[^1]}",
            _ => string.Join(',', values),
        };
    }

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }

    private sealed class DistinctOf : IAggregate<(string Key, long Value), BitArray, string>
    {
        public BitArray Create() => new(32);

        public void Add(ref BitArray accumulator, in (string Key, long Value) record) => accumulator.Set((int)record.Value, true);

        public void Merge(ref BitArray accumulator, in BitArray other) => accumulator.Or(other);

        public string Result(in BitArray accumulator)
        {
            var all = accumulator;
            return string.Join(',', Enumerable.Range(0, 32).Where(value => all[value]));
        }
    }

    private sealed class LastOf : IAggregate<(string Key, long Value), long, long>
    {
        public MergeOrder Order => MergeOrder.Arrival;

        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator = record.Value;

        public void Merge(ref long accumulator, in long other) => throw new NotSupportedException();

        public long Result(in long accumulator) => accumulator;
    }
}
