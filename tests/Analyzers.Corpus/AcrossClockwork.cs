namespace Corpus;

public static class Clockwork
{
    public static bool IsLate(Trade trade) => trade.Time < Now();

    public static Trade Stamped(this Trade trade) => trade with { Time = DateTime.Now }; // WEIR1001

    public static string Group(Trade trade) => trade.Symbol + Environment.MachineName; // WEIR1003

    public static DateTime Unreached() => DateTime.UtcNow;

    private static DateTime Now() => DateTime.UtcNow; // WEIR1001
}
