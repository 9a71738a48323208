namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random windows of every kind, with random sizes.</summary>
/// <param name="Text">The expression that makes them.</param>
/// <param name="Form">What else can be said of them.</param>
internal sealed record StreamWindows(string Text, StreamWindowsForm Form)
{
    /// <summary>Gets a value indicating whether their records are told apart by more than their times, so that they need a key.</summary>
    public bool IsOfRecord { get; private init; }

    public static StreamWindows Any(Expressions expressions, string record)
    {
        var size = Micros(expressions, 50_000, 2_000_000);
        var step = (1 + expressions.Next(4)) * 100;
        switch (expressions.Next(17))
        {
            case 0 or 1:
                return new($"Tumbling.Of({size}{Offset(expressions)})", StreamWindowsForm.OfTime);
            case 2 or 3:
                return new($"Sliding.Of({size}, {Micros(expressions, 50_000, 1_500_000)})", StreamWindowsForm.OfTime);
            case 4:
                return new($"Sliding.Of({Millis(step * (1 + expressions.Next(5)))}, {Millis(step)}{Offset(expressions)})", StreamWindowsForm.OfTime);
            case 5 or 6:
                return new($"Cumulative.Of({Millis(step * (1 + expressions.Next(6)))}, {Millis(step)})", StreamWindowsForm.OfTime);
            case 7:
                var zone = expressions.Any("Europe/Berlin", "America/Sao_Paulo", "UTC");
                return new(
                    $"CalendarWindow.{expressions.Any("Days", "Weeks", "Months")}(TimeZoneInfo.FindSystemTimeZoneById(\"{zone}\"))",
                    StreamWindowsForm.OfDays);
            case 8 or 9:
                return new($"SessionWindow.WithGap({Micros(expressions, 50_000, 600_000)})", StreamWindowsForm.Merging);
            case 10:
                return new($"SessionWindow.WithGap(({record} r) => TimeSpan.FromMilliseconds(100 + (50 * (r.B & 7))))", StreamWindowsForm.Merging)
                {
                    IsOfRecord = true,
                };
            case 11:
                return new("GlobalWindow.Instance", StreamWindowsForm.Endless);
            case 12:
                return new("GlobalWindow.UntilEnd", StreamWindowsForm.Endless);
            case 13:
                return new($"CountWindow.Of({1 + expressions.Next(6)})", StreamWindowsForm.Counted);
            case 14:
                return new($"CountWindow.Of({1 + expressions.Next(6)}, {1 + expressions.Next(6)})", StreamWindowsForm.Counted);
            case 15:
                return new("new Pairs(700_000)", StreamWindowsForm.OfTime);
            default:
                return new($"new By{record}(400_000)", StreamWindowsForm.OfTime) { IsOfRecord = true };
        }
    }

    /// <summary>A time between two numbers of microseconds.</summary>
    public static string Micros(Expressions expressions, int least, int most, bool isSlow = false) =>
        $"TimeSpan.FromMicroseconds({least + expressions.Next(most - least)}{(isSlow ? " * 100_000L" : "")})";

    private static string Millis(int count) => $"TimeSpan.FromMilliseconds({count})";

    private static string Offset(Expressions expressions) =>
        expressions.Any("", "", ", TimeSpan.FromMicroseconds(-4321)", ", TimeSpan.FromMicroseconds(1234)");
}

/// <summary>What can be said of windows depends on this.</summary>
internal enum StreamWindowsForm
{
    /// <summary>They end by event time.</summary>
    OfTime,

    /// <summary>They do, and are days long.</summary>
    OfDays,

    /// <summary>They become one.</summary>
    Merging,

    /// <summary>They have no end.</summary>
    Endless,

    /// <summary>They end by themselves, by count.</summary>
    Counted,
}
