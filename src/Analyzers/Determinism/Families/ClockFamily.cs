namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1001: everything that asks what time it is, or in which zone the machine stands.</summary>
internal static class ClockFamily
{
    public const string Cure = "use the record's event time";

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.DateTime" => use.Name is "Now" or "UtcNow" or "Today" or "ToLocalTime" or "ToUniversalTime",
        "System.DateTimeOffset" => use.Name is "Now" or "UtcNow" or "ToLocalTime" or "LocalDateTime",
        "System.Environment" => use.Name is "TickCount" or "TickCount64",
        "System.Diagnostics.Stopwatch" => use.Name is "GetTimestamp" or "StartNew" or "Elapsed" or "ElapsedMilliseconds" or "ElapsedTicks"
            || (use.Name == "GetElapsedTime" && use.Parameters.Length == 1),
        "System.TimeZoneInfo" => use.Name == "Local" || (use.Name == "ConvertTimeToUtc" && use.Parameters.Length == 1),
        "System.TimeZone" => use.Name == "CurrentTimeZone",
        "System.IO.File" or "System.IO.Directory" => IsTimeOfFile(use.Name),
        "System.IO.FileSystemInfo" => IsTimeOfFile(use.Name),
        _ => use.IsOf("System.TimeProvider")
            && (use.Name is "GetUtcNow" or "GetLocalNow" or "GetTimestamp" or "LocalTimeZone"
                || (use.Name == "GetElapsedTime" && use.Parameters.Length == 1)),
    };

    private static bool IsTimeOfFile(string name) =>
        name.EndsWith("Time", StringComparison.Ordinal) || name.EndsWith("TimeUtc", StringComparison.Ordinal);
}
