using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Timers;

/// <summary>Timers as they were at a barrier. In a checkpoint each is its time, its namespace and its key, in its key's group.</summary>
internal sealed class TimerSnapshot<TKey, TNamespace>(Timer<TKey, TNamespace>[] timers, Codec<TKey> keys, Codec<TNamespace> namespaces)
    : KeyedSnapshot
{
    public override bool IsLasting => true;

    public override void Encode(KeyGroupBuffers groups)
    {
        groups.Expect(timers.Length);
        foreach (var timer in timers)
        {
            var writer = groups.Writer(KeyGroups.Of(keys.StableHash(timer.Key), groups.Count));
            writer.Write(timer.Time);
            namespaces.Write(ref writer, timer.Namespace);
            keys.Write(ref writer, timer.Key);
            writer.Flush();
        }
    }
}
