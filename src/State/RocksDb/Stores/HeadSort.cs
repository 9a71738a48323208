namespace Weir.RocksDbState.Stores;

/// <summary>Sorts rows by a number that each has, digit by digit from the last; its arrays are used again by the next sort.</summary>
/// <remarks>
/// A pass for each byte in which the numbers differ, of which each moves a row once. A comparing sort of some ten thousand rows takes three
/// times as long, nearly all of it in branches that nobody can foretell.
/// </remarks>
internal sealed class HeadSort
{
    private const int Digits = sizeof(ulong);
    private const int Values = 256;

    // Below this counting costs more than comparing.
    private const int FewRows = 128;

    private int[] _counts = [];
    private (ulong[] Heads, int[] Rows) _from = ([], []);
    private (ulong[] Heads, int[] Rows) _to = ([], []);

    /// <summary>Where the numbers of so many rows are put before they are sorted.</summary>
    public Span<ulong> Heads(int count)
    {
        if (_from.Heads.Length < count)
        {
            var length = count < FewRows / 4 ? FewRows / 4 : Math.Max(2 * FewRows, count + (count / 4));
            (_from, _to) = ((new ulong[length], new int[length]), ([], []));
        }

        return _from.Heads.AsSpan(0, count);
    }

    /// <summary>Sorts them; rows of the same number stay in their order if there are many, and need not if there are few.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="heads">Their numbers, sorted.</param>
    /// <returns>The rows in that order; valid until the next sort.</returns>
    public Span<int> Sort(int count, out ReadOnlySpan<ulong> heads)
    {
        for (var row = 0; row < count; row++)
        {
            _from.Rows[row] = row;
        }

        if (count < FewRows)
        {
            _from.Heads.AsSpan(0, count).Sort(_from.Rows.AsSpan(0, count));
        }
        else
        {
            SortByDigits(count);
        }

        heads = _from.Heads.AsSpan(0, count);
        return _from.Rows.AsSpan(0, count);
    }

    private void SortByDigits(int count)
    {
        if (_to.Heads.Length < _from.Heads.Length)
        {
            _to = (new ulong[_from.Heads.Length], new int[_from.Heads.Length]);
        }

        if (_counts.Length == 0)
        {
            _counts = new int[Digits * Values];
        }

        Array.Clear(_counts);
        foreach (var head in _from.Heads.AsSpan(0, count))
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                _counts[(digit * Values) + (byte)(head >> (8 * digit))]++;
            }
        }

        for (var digit = 0; digit < Digits; digit++)
        {
            var counts = _counts.AsSpan(digit * Values, Values);
            if (counts[(byte)(_from.Heads[0] >> (8 * digit))] < count)
            {
                Pass(counts, 8 * digit, count);
            }
        }
    }

    private void Pass(Span<int> counts, int shift, int count)
    {
        var place = 0;
        foreach (ref var many in counts)
        {
            (many, place) = (place, place + many);
        }

        var heads = _from.Heads.AsSpan(0, count);
        var rows = _from.Rows.AsSpan(0, count);
        var headsTo = _to.Heads.AsSpan(0, count);
        var rowsTo = _to.Rows.AsSpan(0, count);
        for (var i = 0; i < heads.Length; i++)
        {
            var to = counts[(byte)(heads[i] >> shift)]++;
            (headsTo[to], rowsTo[to]) = (heads[i], rows[i]);
        }

        (_from, _to) = (_to, _from);
    }
}
