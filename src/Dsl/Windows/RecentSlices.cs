using System.Diagnostics.CodeAnalysis;

namespace Weir;

/// <summary>Slices that were asked for lately, for kinds that take long to find one.</summary>
/// <remarks>
/// Any thread may use it: what is kept is written in one go and never changed, and results never depend on what is kept. All are equal, so
/// that it does not tell two kinds apart that hold one.
/// </remarks>
internal sealed class RecentSlices
{
    private const int Places = 64;
    private const long Day = 24 * 3600 * EventTime.Second;

    private readonly Kept?[] _kept = new Kept?[Places];

    /// <summary>The slice of a time, if it is kept.</summary>
    public bool TryFind(long time, out TimeWindow slice)
    {
        slice = Volatile.Read(ref _kept[PlaceOf(time)])?.Slice ?? default;
        return slice.StartTime <= time && time < slice.EndTime;
    }

    /// <summary>Keeps the slice of a time.</summary>
    public void Keep(long time, TimeWindow slice) => Volatile.Write(ref _kept[PlaceOf(time)], new Kept(slice));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is RecentSlices;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    private static int PlaceOf(long time) => (int)((ulong)(time / Day) % Places);

    private sealed record Kept(TimeWindow Slice);
}
