using System.Globalization;

namespace Weir.Runtime.Streams;

/// <summary>A promise: no record with an event time at or before <see cref="Time"/> will follow.</summary>
/// <param name="Time">Microseconds since the Unix epoch.</param>
public readonly record struct Watermark(long Time) : IComparable<Watermark>
{
    /// <summary>Nothing is promised yet.</summary>
    public static readonly Watermark None = new(long.MinValue);

    /// <summary>No record at all will follow.</summary>
    public static readonly Watermark EndOfTime = new(long.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(Watermark other) => Time.CompareTo(other.Time);

    /// <summary>Whether it promises more.</summary>
    public static bool operator >(Watermark left, Watermark right) => left.Time > right.Time;

    /// <summary>Whether it promises less.</summary>
    public static bool operator <(Watermark left, Watermark right) => left.Time < right.Time;

    /// <summary>Whether it promises at least as much.</summary>
    public static bool operator >=(Watermark left, Watermark right) => left.Time >= right.Time;

    /// <summary>Whether it promises at most as much.</summary>
    public static bool operator <=(Watermark left, Watermark right) => left.Time <= right.Time;

    /// <inheritdoc/>
    public override string ToString() =>
        this == None ? "WM(none)" : this == EndOfTime ? "WM(end)" : string.Create(CultureInfo.InvariantCulture, $"WM({Time})");
}
