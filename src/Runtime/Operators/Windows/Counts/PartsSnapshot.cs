using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>
/// The latest records of keys as they were at a barrier. In a checkpoint each is its key, how many parts there are since its last window,
/// and its parts.
/// </summary>
internal sealed class PartsSnapshot<TKey, TAcc>(
    (TKey Key, LatestParts<TAcc> Parts)[] all, Codec<TKey> keys, Codec<TAcc> accumulators) : KeyedSnapshot
{
    private KeyGroupRuns<(TKey Key, LatestParts<TAcc> Parts)>? _runs;

    public override bool IsLasting => all.Length == 0 || !RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>();

    public override void Arrange(int keyGroupCount) => _runs = new(all, all.Length, keyGroupCount, (span, groups) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            groups[i] = KeyGroups.Of(keys.StableHash(span[i].Key), keyGroupCount);
        }
    });

    public override bool Encode(int keyGroup, KeyGroupPiece piece)
    {
        while (_runs!.TryNext(keyGroup, out var next))
        {
            foreach (ref readonly var latest in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var writer = piece.Writer();
                keys.Write(ref writer, latest.Key);
                writer.Write(latest.Parts.SinceWindow);
                writer.WriteArrayHeader(latest.Parts.Count);
                for (var i = 0; i < latest.Parts.Count; i++)
                {
                    accumulators.Write(ref writer, latest.Parts[i]);
                }

                writer.Flush();
                _runs.Take();
            }
        }

        return true;
    }
}
