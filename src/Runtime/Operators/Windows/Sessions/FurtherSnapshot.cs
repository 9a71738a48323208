using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>Further sessions as they were at a barrier. In a checkpoint each is its key and itself, in its key's group.</summary>
internal sealed class FurtherSnapshot<TKey, TAcc>(
    (TKey Key, Session<TAcc> Session)[] all, Codec<TKey> keys, Codec<Session<TAcc>> sessions) : KeyedSnapshot
{
    private KeyGroupRuns<(TKey Key, Session<TAcc> Session)>? _runs;

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
            foreach (ref readonly var further in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var writer = piece.Writer();
                keys.Write(ref writer, further.Key);
                sessions.Write(ref writer, further.Session);
                writer.Flush();
                _runs.Take();
            }
        }

        return true;
    }
}
