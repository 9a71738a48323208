using System.Globalization;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Sessions, count windows and the global window, as they are described.</summary>
public sealed class WindowKindTests
{
    [Theory]
    [InlineData(0, "[0,5000)")]
    [InlineData(4999, "[4999,9999)")]
    [InlineData(-3, "[-3,4997)")]
    [InlineData(long.MinValue, "[-9223372036854775808,-9223372036854770808)")]
    [InlineData(long.MaxValue - 1, "[9223372036854775806,9223372036854775807)")]
    [InlineData(long.MaxValue, "[9223372036854775807,9223372036854775807)")]
    public void A10_a_record_alone_has_a_session_of_the_gap(long time, string expected)
    {
        Assert.Equal(expected, Text(SessionWindow.WithGap(Us(5000)).Of(time)));
        Assert.Equal(expected, Text(SessionWindow.WithGap((int gap) => Us(gap)).Of(5000, time)));
    }

    [Fact]
    public void A9_a_gap_is_positive()
    {
        foreach (var gap in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromTicks(9)])
        {
            Assert.Equal("gap", Assert.Throws<ArgumentOutOfRangeException>(() => SessionWindow.WithGap(gap)).ParamName);
            var failure = Assert.Throws<InvalidOperationException>(() => SessionWindow.WithGap((string _) => gap).Of("the one", 7));
            Assert.Contains($"said {gap} for the record 'the one'", failure.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>(() => SessionWindow.WithGap((Func<int, TimeSpan>)null!));
    }

    [Fact]
    public void A9_a_count_window_holds_and_skips_at_least_one_record()
    {
        foreach (var count in (long[])[0, -1, long.MinValue])
        {
            Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => CountWindow.Of(count)).ParamName);
            Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => CountWindow.Of(count, 3)).ParamName);
            Assert.Equal("slide", Assert.Throws<ArgumentOutOfRangeException>(() => CountWindow.Of(3, count)).ParamName);
        }
    }

    [Fact]
    public void Windows_say_in_full_what_they_are()
    {
        Assert.Equal("sessions with a gap of 1500 us", $"{SessionWindow.WithGap(TimeSpan.FromMilliseconds(1.5))}");
        Assert.Equal("sessions with a gap by record", $"{SessionWindow.WithGap((int gap) => Us(gap))}");
        Assert.Equal("count of 12", $"{CountWindow.Of(12)}");
        Assert.Equal("count of 12, every 12", $"{CountWindow.Of(12, 12)}");
        Assert.Equal("count of 12, every 4", $"{CountWindow.Of(12, 4)}");
        Assert.Equal("global", $"{GlobalWindow.Instance}");
        Assert.Equal("global until the end of the stream", $"{GlobalWindow.UntilEnd}");
    }

    [Fact]
    public void The_window_of_all_times_has_the_greatest_time_as_its_last()
    {
        Assert.Equal(long.MaxValue, TimeWindow.All.MaxTime);
        Assert.Equal(long.MaxValue, new TimeWindow(0, long.MaxValue).MaxTime);
        Assert.Equal(long.MaxValue - 2, new TimeWindow(0, long.MaxValue - 1).MaxTime);
    }

    [Fact]
    public void A10_sessions_are_assigned_as_Flink_assigns_them()
    {
        var played = 0;
        foreach (var test in GoldenFile.Read("a-windows").Where(IsOfSessions))
        {
            var gap = test.Operator.GetProperty("assigner").GetProperty("gap").GetInt64();
            for (var step = 0; step < test.Steps; step++)
            {
                var expected = string.Join(' ', test.Output(step).Select(record => record.GetRawText().Replace(" ", "", StringComparison.Ordinal)));
                if (expected.Contains("error", StringComparison.Ordinal))
                {
                    Assert.Throws<ArgumentOutOfRangeException>(() => SessionWindow.WithGap(Us(gap)));
                }
                else if (test.Script[step][0].GetString() == "assign")
                {
                    var window = SessionWindow.WithGap(Us(gap)).Of(test.Script[step][1].GetInt64());
                    Assert.Equal($"{test.Id}: {expected}", string.Create(
                        CultureInfo.InvariantCulture, $"{test.Id}: [\"window\",{window.StartTime},{window.EndTime}]"));
                }
            }

            played++;
        }

        Assert.True(played >= 12, $"only {played} scripts were played");

        static bool IsOfSessions(GoldenCase test) =>
            test.Group == "assign" && test.Operator.GetProperty("assigner").GetProperty("type").GetString() == "session";
    }

    private static TimeSpan Us(long microseconds) => TimeSpan.FromMicroseconds(microseconds);

    private static string Text(TimeWindow window) =>
        string.Create(CultureInfo.InvariantCulture, $"[{window.StartTime},{window.EndTime})");
}
