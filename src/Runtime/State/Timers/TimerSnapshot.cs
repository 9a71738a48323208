using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Timers;

/// <summary>Timers as they were at a barrier. In a checkpoint each is its time, its namespace and its key, in its key's group.</summary>
internal sealed class TimerSnapshot<TKey, TNamespace>(Timer<TKey, TNamespace>[] timers, Codec<TKey> keys, Codec<TNamespace> namespaces)
    : ItemsSnapshot<TKey, Timer<TKey, TNamespace>>(timers, keys)
{
    public override bool IsLasting => true;

    protected override TKey KeyOf(in Timer<TKey, TNamespace> item) => item.Key;

    protected override void Write(ref MessagePackWriter writer, in Timer<TKey, TNamespace> item)
    {
        writer.Write(item.Time);
        namespaces.Write(ref writer, item.Namespace);
        Keys.Write(ref writer, item.Key);
    }
}
