using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// How far windows had fired for the key groups of a subtask before a restore, where that is further than its own watermark says: another
/// subtask had them, which was ahead.
/// </summary>
internal sealed class RestoredMarks
{
    private readonly List<(int First, int Last, long Time)> _ahead;
    private readonly int _keyGroupCount;

    private RestoredMarks(List<(int First, int Last, long Time)> ahead, int keyGroupCount)
    {
        (_ahead, _keyGroupCount) = (ahead, keyGroupCount);
        Greatest = ahead.Count == 0 ? long.MinValue : ahead.Max(mark => mark.Time);
    }

    /// <summary>Gets the marks of an operator that begins anew.</summary>
    public static RestoredMarks None { get; } = new([], 1);

    /// <summary>Gets the time up to which some key may have fired.</summary>
    public long Greatest { get; }

    /// <summary>The marks of a checkpoint that are ahead of the watermark that a subtask begins with.</summary>
    public static RestoredMarks Of(OperatorState state, KeyGroupRange owned, Watermark watermark, int keyGroupCount) =>
        new([.. PaneWatermark.All(state, owned).Where(mark => mark.Time > watermark.Time)], keyGroupCount);

    /// <summary>Stores those that are still ahead of the watermark.</summary>
    public void Write(OperatorStateWriter writer, KeyGroupRange owned, Watermark watermark)
    {
        foreach (var (first, last, time) in _ahead.Where(mark => mark.Time > watermark.Time))
        {
            PaneWatermark.Write(
                writer, new KeyGroupRange(Math.Max(first, owned.First), Math.Min(last, owned.Last)), new Watermark(time));
        }
    }

    /// <summary>Whether windows that end with a time had fired for a key.</summary>
    public bool HasPassed(uint stableHash, long time)
    {
        var group = KeyGroups.Of(stableHash, _keyGroupCount);
        return _ahead.Exists(mark => mark.First <= group && group <= mark.Last && time <= mark.Time);
    }
}
