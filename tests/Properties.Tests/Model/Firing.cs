namespace Weir.Properties.Tests.Model;

/// <summary>When windows fire, as the product and as the model know it.</summary>
/// <param name="Trigger">The product's trigger; null for what windows do by themselves.</param>
/// <param name="Count">Fires behind so many records; 0 if it does not count.</param>
/// <param name="Interval">Fires whenever the watermark passes a multiple of it; 0 if it does not.</param>
/// <param name="IsPurging">Whether a window is emptied when it fires.</param>
public sealed record Firing(Trigger? Trigger, int Count = 0, long Interval = 0, bool IsPurging = false)
{
    public static Firing AtTheEnd { get; } = new((Trigger?)null);

    public static Firing Each(int count) => new(Trigger.Count(count), Count: count);

    public static Firing Every(long interval) =>
        new(Trigger.Continuous(TimeSpan.FromMicroseconds(interval)), Interval: interval);

    /// <summary>The same, and the window is emptied when it fires.</summary>
    public Firing Purging() => this with { Trigger = (Trigger ?? Weir.Trigger.EventTime).Purging(), IsPurging = true };

    public override string ToString() =>
        (Count > 0 ? $"fires each {Count}" : Interval > 0 ? $"fires every {Interval}" : "fires at the end") + (IsPurging ? ", purging" : "");
}
