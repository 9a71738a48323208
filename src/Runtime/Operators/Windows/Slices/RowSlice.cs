using System.Buffers;
using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>A slice in the row of slices that the windows being fired hold.</summary>
internal sealed class RowSlice<TKey, TAcc>(TimeWindow slice)
{
    /// <summary>Gets its times.</summary>
    public TimeWindow Slice { get; } = slice;

    /// <summary>Gets or sets what came after it was added up in front, by key; null if nothing did.</summary>
    public KeyTable<TKey, TAcc>? Late { get; set; }

    /// <summary>Gets what the sums of its keys are once it has left the row, if it is in front.</summary>
    public Span<AfterSlice<TKey, TAcc>> After => _after.AsSpan(0, _count);

    private AfterSlice<TKey, TAcc>[] _after = [];
    private int _count;

    /// <summary>Makes room.</summary>
    public void Reserve(int keys)
    {
        Release();
        _after = ArrayPool<AfterSlice<TKey, TAcc>>.Shared.Rent(keys);
    }

    /// <summary>Adds what the sum of one of its keys is without it.</summary>
    public void Add(in TKey key, in TAcc front, bool hasFront) => _after[_count++] = new(key, front, hasFront);

    /// <summary>Gives back the room.</summary>
    public void Release()
    {
        if (_after.Length > 0)
        {
            ArrayPool<AfterSlice<TKey, TAcc>>.Shared.Return(
                _after, RuntimeHelpers.IsReferenceOrContainsReferences<AfterSlice<TKey, TAcc>>());
        }

        (_after, _count) = ([], 0);
    }
}

/// <summary>The sum in front of a key when a slice has left the row.</summary>
internal readonly record struct AfterSlice<TKey, TAcc>(TKey Key, TAcc Front, bool HasFront);
