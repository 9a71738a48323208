namespace Weir.Runtime.Files.Rows;

/// <summary>What a member needs, as the end of a message. CSV and JSON say the same.</summary>
internal static class Wanted
{
    public const string DateTime = "a date and time in ISO 8601 (such as 2001-12-31T23:59:00)";
    public const string DateTimeOffset = "a date and time with offset in ISO 8601 (such as 2001-12-31T23:59:00+01:00)";
    public const string DateOnly = "a date in ISO 8601 (such as 2001-12-31)";
    public const string TimeOnly = "a time of day (such as 23:59:00)";
    public const string TimeSpan = "a duration (such as 1.02:03:04 or 26:03:04)";

    public static string Epoch(EpochUnit unit) =>
        $"a number of {unit.ToString().ToLowerInvariant()} since 1970 that gives a date from the year 1 to 9999";

    public static string Integer<T>()
        where T : System.Numerics.IMinMaxValue<T> => $"a whole number from {T.MinValue} to {T.MaxValue}";
}
