namespace Weir.Runtime.Telemetry;

/// <summary>What the keyed state of an operator takes.</summary>
/// <param name="Keys">Its entries: one for each key, and for each namespace of a key.</param>
/// <param name="Bytes">About how many bytes it takes where it lives.</param>
internal readonly record struct StateFigures(long Keys, long Bytes)
{
    /// <summary>Adds.</summary>
    public StateFigures Plus(StateFigures other) => new(Keys + other.Keys, Bytes + other.Bytes);
}
