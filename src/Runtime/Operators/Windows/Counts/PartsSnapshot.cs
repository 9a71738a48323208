using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>
/// The latest records of keys as they were at a barrier. In a checkpoint each is its key, how many parts there are since its last window,
/// and its parts.
/// </summary>
internal sealed class PartsSnapshot<TKey, TAcc>(
    (TKey Key, LatestParts<TAcc> Parts)[] all, Codec<TKey> keys, Codec<TAcc> accumulators)
    : ItemsSnapshot<TKey, (TKey Key, LatestParts<TAcc> Parts)>(all, keys)
{
    public override bool IsLasting { get; } = all.Length == 0 || !RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>();

    protected override TKey KeyOf(in (TKey Key, LatestParts<TAcc> Parts) item) => item.Key;

    protected override void Write(ref MessagePackWriter writer, in (TKey Key, LatestParts<TAcc> Parts) item)
    {
        Keys.Write(ref writer, item.Key);
        writer.Write(item.Parts.SinceWindow);
        writer.WriteArrayHeader(item.Parts.Count);
        for (var i = 0; i < item.Parts.Count; i++)
        {
            accumulators.Write(ref writer, item.Parts[i]);
        }
    }
}
