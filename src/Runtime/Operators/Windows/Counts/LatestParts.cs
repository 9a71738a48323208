namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>
/// The last records of one key, in parts of equally many: what count windows that overlap are put together of. A ring.
/// </summary>
/// <typeparam name="TAcc">The accumulator of a part.</typeparam>
internal sealed class LatestParts<TAcc>
{
    private TAcc[] _parts = [];
    private int _first;

    /// <summary>Gets the number of parts.</summary>
    public int Count { get; private set; }

    /// <summary>Gets or sets how many parts have come since the last window.</summary>
    public long SinceWindow { get; set; }

    /// <summary>A part, the oldest first.</summary>
    public TAcc this[int index] => _parts[(_first + index) % _parts.Length];

    /// <summary>Adds a part; the oldest goes if there are as many as are needed.</summary>
    public void Add(TAcc part, long needed)
    {
        if (Count == needed)
        {
            _parts[_first] = part;
            _first = (_first + 1) % _parts.Length;
            return;
        }

        if (Count == _parts.Length)
        {
            // As many as there are: a window of a million records takes no room for them before they come.
            var parts = new TAcc[Math.Min(needed, Math.Max(4, 2L * Count))];
            for (var i = 0; i < Count; i++)
            {
                parts[i] = this[i];
            }

            (_parts, _first) = (parts, 0);
        }

        _parts[(_first + Count++) % _parts.Length] = part;
    }
}
