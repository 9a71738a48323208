namespace Weir.Properties.Tests;

/// <summary>A record of a random stream.</summary>
/// <param name="Key">One of a few.</param>
/// <param name="Value">A small number.</param>
/// <param name="Time">Event time, in microseconds since the Unix epoch; may be negative.</param>
public sealed record Event(string Key, int Value, long Time)
{
    public override string ToString() => $"{Key}:{Value}@{Time}";
}

/// <summary>What a window makes of its records, or one that came too late.</summary>
/// <param name="Key">The key.</param>
/// <param name="Start">The start of the window; of a late record its event time.</param>
/// <param name="End">The end of the window; of a late record <see cref="LateEnd"/>.</param>
/// <param name="Count">How many records.</param>
/// <param name="Sum">The sum of their values.</param>
public sealed record Outcome(string Key, long Start, long End, int Count, int Sum)
{
    /// <summary>No window ends here.</summary>
    public const long LateEnd = long.MinValue;

    public override string ToString() =>
        End == LateEnd ? $"late {Key}:{Sum}@{Start}" : $"{Key} [{Start}, {End}): {Count} records, sum {Sum}";
}
