using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Timers;

/// <summary>Timers as they were at a barrier. In a checkpoint each is its time, its namespace and its key, in its key's group.</summary>
internal sealed class TimerSnapshot<TKey, TNamespace>(Timer<TKey, TNamespace>[] timers, Codec<TKey> keys, Codec<TNamespace> namespaces)
    : KeyedSnapshot
{
    private KeyGroupRuns<Timer<TKey, TNamespace>>? _runs;

    public override bool IsLasting => true;

    public override void Arrange(int keyGroupCount) => _runs = new(timers, timers.Length, keyGroupCount, (span, groups) =>
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
            foreach (ref readonly var timer in next)
            {
                if (piece.IsFull)
                {
                    return false;
                }

                var writer = piece.Writer();
                writer.Write(timer.Time);
                namespaces.Write(ref writer, timer.Namespace);
                keys.Write(ref writer, timer.Key);
                writer.Flush();
                _runs.Take();
            }
        }

        return true;
    }
}
