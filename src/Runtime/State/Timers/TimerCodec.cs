namespace Weir.Runtime.State.Timers;

/// <summary>A timer in a checkpoint: its time, its namespace and its key, in its key's group.</summary>
internal sealed class TimerCodec<TKey, TNamespace>(Codec<TKey> keys, Codec<TNamespace> namespaces) : Codec<Timer<TKey, TNamespace>>
{
    public override Schema Schema { get; } = Schema.Of("timer");

    public override void Write(ref MessagePackWriter writer, in Timer<TKey, TNamespace> value)
    {
        writer.Write(value.Time);
        namespaces.Write(ref writer, value.Namespace);
        keys.Write(ref writer, value.Key);
    }

    public override Timer<TKey, TNamespace> Read(ref MessagePackReader reader)
    {
        var time = reader.ReadInt64();
        var name = namespaces.Read(ref reader);
        return keys.Read(ref reader) is { } key
            ? new Timer<TKey, TNamespace>(key, name, time)
            : throw new InvalidDataException("It holds a timer of no key.");
    }

    public override uint StableHash(in Timer<TKey, TNamespace> value) => keys.StableHash(value.Key);
}
