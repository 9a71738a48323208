using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// The watermark of a windowed operator in a checkpoint: stored with the key groups that it holds for, so that they may move.
/// </summary>
internal static class PaneWatermark
{
    private static Codec<(int First, int Last, long Watermark)> Codec => Codecs.Of<(int, int, long)>();

    /// <summary>Stores the watermark of a subtask.</summary>
    public static void Write(OperatorStateWriter writer, KeyGroupRange owned, Watermark watermark) =>
        writer.AddShared(Codec, (owned.First, owned.Last, watermark.Time));

    /// <summary>
    /// The watermark that a restored subtask begins with: the least of those whose key groups it takes over, so that none of their records
    /// is called late that was not.
    /// </summary>
    public static Watermark Read(OperatorState state, KeyGroupRange owned)
    {
        var least = long.MaxValue;
        var found = false;
        foreach (var (_, _, watermark) in All(state, owned))
        {
            least = Math.Min(least, watermark);
            found = true;
        }

        return found ? new Watermark(least) : Watermark.None;
    }

    /// <summary>The watermarks of all whose key groups it takes over.</summary>
    public static IEnumerable<(int First, int Last, long Time)> All(OperatorState state, KeyGroupRange owned) =>
        from item in state.Shared
        let mark = Codec.Decode(item)
        where mark.First <= owned.Last && mark.Last >= owned.First
        select (mark.First, mark.Last, mark.Watermark);
}
