using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Operators;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Tumbling windows through the interpreted operators, with an aggregate and with kept records, undisturbed and restored before every item.
/// </summary>
public sealed class WindowAggregateTests
{
    private const string I8 = "key2:1@3999 key2:1@3000 key1:1@20 key1:1@0 key1:1@999 key2:1@1998 key2:1@1999 key2:1@1000 ";

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [InlineData(5000, 0, "0→[0,5000) 4999→[0,5000) 5000→[5000,10000)")]
    [InlineData(5000, 100, "100→[100,5100) 5099→[100,5100) 5100→[5100,10100)")]
    [InlineData(5000, -100, "0→[-100,4900) 4899→[-100,4900) 4900→[4900,9900)")]
    [InlineData(5000, 1000, "1000→[1000,6000) 5999→[1000,6000) 6000→[6000,11000)")]
    [InlineData(5000, 0, "-1→[-5000,0) -5000→[-5000,0) -5001→[-10000,-5000)")]
    public void A1_to_A4_a_time_belongs_to_one_window(int size, int offset, string expected)
    {
        var windows = Tumbling.Of(TimeSpan.FromMicroseconds(size), TimeSpan.FromMicroseconds(offset));
        Assert.Equal(expected, string.Join(' ', expected.Split(' ')
            .Select(line => long.Parse(line[..line.IndexOf('→')], System.Globalization.CultureInfo.InvariantCulture))
            .Select(time => (time, window: windows.Of(time)))
            .Select(pair => $"{pair.time}→[{pair.window.StartTime},{pair.window.EndTime})")));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(10, 20)]
    [InlineData(10, -11)]
    [InlineData(10, 10)]
    public void A9_windows_that_make_no_sense_are_refused(int size, int offset) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tumbling.Of(TimeSpan.FromSeconds(size), TimeSpan.FromSeconds(offset)));

    [Theory]
    [MemberData(nameof(Ways))]
    public void B1_windows_fire_when_the_watermark_reaches_their_last_time(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(3000, keepsRecords), crash);
        Assert.Equal("WM999 WM1999", script.Run(I8 + "WM999 WM1999"));
        Assert.Equal("key1=3@2999 key2=3@2999 WM2999", script.Run("WM2999"));
        Assert.Equal("WM3999 WM4999", script.Run("WM3999 WM4999"));
        Assert.Equal("key2=2@5999 WM5999 WM6999 WM7999", script.Run("WM5999 WM6999 WM7999"));
        Assert.Equal(0, script.Late);
        Assert.Equal(0, script.KeyGroupsInState);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void B24_at_lateness_0_a_record_is_dropped_once_the_watermark_has_reached_the_last_time_of_its_window(
        bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(2, keepsRecords), crash);
        Assert.Equal("WM0", script.Run("WM0 a:5@0"));
        Assert.Equal("a=5@1 WM1", script.Run("WM1"));
        Assert.Equal("", script.Run("a:7@0 b:7@1"));
        Assert.Equal(2, script.Late);
        Assert.Equal(0, script.KeyGroupsInState);
        Assert.Equal("c=1@3 WM9", script.Run("c:1@2 WM9"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void R1_R8_windows_before_the_epoch_begin_at_multiples_and_results_carry_their_last_time(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        Assert.Equal("a=1@-11 a=2@-1 WM-1", script.Run("a:1@-11 a:2@-10 WM-1"));
        Assert.Equal("a=4@9 WM9", script.Run("a:4@0 WM9"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void R4_a_record_is_late_only_if_its_window_is(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        Assert.Equal("WM8", script.Run("WM8"));
        Assert.Equal("", script.Run("a:1@3"));
        Assert.Equal(0, script.Late);
        Assert.Equal("a=1@9 WM9", script.Run("WM9"));
        Assert.Equal("", script.Run("a:2@9"));
        Assert.Equal(1, script.Late);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void R2_R6_a_window_without_records_emits_nothing_and_one_watermark_may_fire_several_in_order(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        Assert.Equal("a=1@9 a=2@29 WM100", script.Run("a:2@25 a:1@5 WM100"));
        Assert.Equal("WM200", script.Run("WM200"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void R3_the_end_of_time_fires_everything_that_is_open(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        Assert.Equal($"a=1@9 a=2@999 WM{long.MaxValue}", script.Run($"a:2@990 a:1@0 WM{long.MaxValue}"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Many_keys_share_a_window_and_each_keeps_its_own(bool keepsRecords, bool crash)
    {
        var script = new AggregateScript(Stage(10, keepsRecords), crash && !keepsRecords);
        var count = crash ? 150 : 5000;
        var items = string.Join(' ', Enumerable.Range(0, count * 2).Select(i => $"k{i % count}:{i}@{i % 10}"));
        var expected = Enumerable.Range(0, count).Select(i => $"k{i}={i + i + count}@9").Order(StringComparer.Ordinal);
        Assert.Equal(string.Join(' ', expected) + " WM9", script.Run(items + " WM9"));
    }

    [Theory]
    [InlineData("2026-08-09T00:30:00+02:00", "2026-08-08T22:00:00Z", "2026-08-09")]
    [InlineData("2026-08-09T23:59:59.9999999+02:00", "2026-08-08T22:00:00Z", "2026-08-09")]
    [InlineData("2026-08-10T00:00:00+02:00", "2026-08-09T22:00:00Z", "2026-08-10")]
    [InlineData("2026-08-08T21:59:00Z", "2026-08-07T22:00:00Z", "2026-08-08")]
    [InlineData("1969-12-31T22:00:00Z", "1969-12-31T22:00:00Z", "1970-01-01")]
    public void H16_a_day_with_an_offset_is_the_day_of_a_place_east_of_Greenwich(string time, string start, string localDay)
    {
        var days = Tumbling.Of(TimeSpan.FromDays(1), offset: TimeSpan.FromHours(-2));

        var window = days.Of(EventTime.Of(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).UtcDateTime));

        Assert.Equal(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture).UtcDateTime, window.Start);
        Assert.Equal(window.Start.AddDays(1), window.End);
        Assert.Equal(DateOnly.Parse(localDay, CultureInfo.InvariantCulture), DateOnly.FromDateTime(window.Start.AddHours(2)));
    }

    [Theory]
    [InlineData(1_600_000, 0)]
    [InlineData(7 * 86_400_000_000, 3 * 86_400_000_000)]
    [InlineData(7 * 86_400_000_000, -3 * 86_400_000_000)]
    [InlineData(10_000 * 86_400_000_000, 0)]
    [InlineData(10_000 * 86_400_000_000, 9_999 * 86_400_000_000)]
    public void H19_windows_reach_the_ends_of_time(long size, long offset)
    {
        var windows = Tumbling.Of(TimeSpan.FromMicroseconds(size), TimeSpan.FromMicroseconds(offset));
        long[] times =
        [
            long.MinValue + 1,
            EventTime.Of(DateTime.MinValue),
            EventTime.Of(DateTime.UnixEpoch.AddTicks(-1)),
            0,
            EventTime.Of(DateTime.MaxValue),
            long.MaxValue - 1,
        ];
        foreach (var crash in new[] { false, true })
        {
            var script = new AggregateScript(StageOf(windows, keepsRecords: false), crash);
            foreach (var time in times)
            {
                var window = windows.Of(time);
                Assert.True(window.StartTime <= time && time < window.EndTime, $"{time} is not in [{window.StartTime}, {window.EndTime})");
                Assert.Equal(window, windows.Of(window.StartTime));
                Assert.Equal(window, windows.Of(window.MaxTime));
                Assert.Equal("", script.Run($"a:1@{time}"));
            }

            var expected = times.GroupBy(time => windows.Of(time)).OrderBy(window => window.Key.StartTime)
                .Select(window => $"a={window.Count()}@{window.Key.MaxTime}");
            Assert.Equal(
                [.. expected.Order(StringComparer.Ordinal), $"WM{long.MaxValue}"],
                script.Run($"WM{long.MaxValue}").Split(' '));
            Assert.Equal(0, script.Late);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Many_open_windows_each_keep_their_own_however_records_wander_between_them(bool keepsRecords, bool crash)
    {
        var count = crash ? 60 : 3000;
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        var items = Enumerable.Range(0, 3 * count).Select(i => (long)i * 7919 % count).Select(window => $"a:1@{window * 10}");
        Assert.Equal("", script.Run(string.Join(' ', items)));
        Assert.Equal(
            string.Join(' ', Enumerable.Range(0, count).Select(window => $"a=3@{(window * 10) + 9}").Order(StringComparer.Ordinal))
                + $" WM{count * 10}",
            script.Run($"WM{count * 10}"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Tables_of_many_open_windows_grow_while_records_wander_between_them(bool keepsRecords, bool crash)
    {
        // Every table grows again and again between two visits of its window; some windows fire in between and others take their place.
        var keys = crash ? 12 : 200;
        var script = new AggregateScript(Stage(10, keepsRecords), crash);
        string Round(int first) => string.Join(' ', Enumerable.Range(0, 3 * keys)
            .SelectMany(i => Enumerable.Range(first, 7).Select(window => $"k{i % keys}:1@{(window * 10) + (i % 10)}")));
        string Fired(int first, int count, int sum) => string.Join(' ', Enumerable.Range(0, keys)
            .SelectMany(key => Enumerable.Range(first, count).Select(window => $"k{key}={sum}@{(window * 10) + 9}"))
            .Order(StringComparer.Ordinal));
        Assert.Equal("", script.Run(Round(0)));
        Assert.Equal($"{Fired(0, 4, 3)} WM39", script.Run("WM39"));
        Assert.Equal("", script.Run(Round(4)));
        Assert.Equal($"{Fired(4, 3, 6)} WM69", script.Run("WM69"));
        Assert.Equal($"{Fired(7, 4, 3)} WM200", script.Run("WM200"));
        Assert.Equal(0, script.Late);
    }

    [Fact]
    public void A_window_kind_is_an_object_of_its_own()
    {
        var script = new AggregateScript(StageOf(new Months(), keepsRecords: false), crash: true);
        string At(int month, int day) => $"a:1@{EventTime.Of(new DateTime(2024, month, day, 0, 0, 0, DateTimeKind.Utc))}";
        var march = EventTime.Of(new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(
            $"a=2@{march - 1} WM{march}",
            script.Run($"{At(2, 1)} {At(3, 2)} {At(2, 29)} WM{march}"));
    }

    [Fact]
    public void A_null_key_is_refused_with_the_operators_id()
    {
        var script = new AggregateScript(Stage(10, keepsRecords: false, _ => null!), crash: false);
        var failure = Assert.Throws<NullKeyException>(() => script.Run("a:1@1"));
        Assert.IsAssignableFrom<IPermanentFailure>(failure);
        Assert.Contains("Aggregate-1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("null key", failure.Message, StringComparison.Ordinal);
    }

    private static Stage Stage(int size, bool keepsRecords, Func<(string Key, long Value), string>? key = null) =>
        StageOf(Tumbling.Of(TimeSpan.FromMicroseconds(size)), keepsRecords, key);

    private static Stage StageOf(WindowKind windows, bool keepsRecords, Func<(string Key, long Value), string>? key = null)
    {
        var windowed = new Job("windows").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(key ?? (record => record.Key))
            .Window(windows);
        return keepsRecords
            ? windowed.Aggregate(g => $"{g.Key}={g.Sum(record => record.Value)}").Stage
            : windowed.Aggregate(new SumOf(), (name, _, sum) => $"{name}={sum}").Stage;
    }

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }

    /// <summary>Calendar months in UTC.</summary>
    private sealed record Months : AlignedWindows
    {
        public override TimeWindow SliceOf(long time)
        {
            var day = EventTime.ToDateTime(time);
            var month = new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc);
            return new TimeWindow(EventTime.Of(month), EventTime.Of(month.AddMonths(1)));
        }
    }
}
