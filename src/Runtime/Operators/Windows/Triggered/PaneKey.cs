using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>A key in a window: what state of <see cref="TriggeredWindows{T, TKey, TAcc, TOut, TFunctor}"/> is found by.</summary>
/// <remarks>
/// Key and window are one key of one table, and windows no namespaces: a session belongs to one key, and a table for each would cost many
/// times what it holds.
/// </remarks>
internal readonly record struct PaneKey<TKey>(TKey Key, TimeWindow Window);

/// <summary>Writes a key and a window. Its key group is that of the key.</summary>
internal sealed class PaneKeyCodec<TKey>(Codec<TKey> keys) : Codec<PaneKey<TKey>>
{
    public override Schema Schema =>
        new("pane", [new SchemaMember("Key", keys.Schema), new SchemaMember("Window", TimeWindowCodec.Instance.Schema)])
        {
            Kind = SchemaKind.Object,
        };

    public override void Write(ref MessagePackWriter writer, in PaneKey<TKey> value)
    {
        keys.Write(ref writer, value.Key);
        TimeWindowCodec.Instance.Write(ref writer, value.Window);
    }

    public override PaneKey<TKey> Read(ref MessagePackReader reader)
    {
        var key = keys.Read(ref reader);
        return key is null
            ? throw new InvalidDataException("It holds a window of a null key.")
            : new PaneKey<TKey>(key, TimeWindowCodec.Instance.Read(ref reader));
    }

    public override uint StableHash(in PaneKey<TKey> value) => keys.StableHash(value.Key);
}

/// <summary>Writes a window.</summary>
internal sealed class TimeWindowCodec : Codec<TimeWindow>
{
    private static readonly Schema Form = new("window", [new("Start", Schema.Of("long")), new("End", Schema.Of("long"))])
    {
        Kind = SchemaKind.Object,
    };

    public static TimeWindowCodec Instance { get; } = new();

    public override Schema Schema => Form;

    public override void Write(ref MessagePackWriter writer, in TimeWindow value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.StartTime);
        writer.Write(value.EndTime);
    }

    public override TimeWindow Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return new TimeWindow(reader.ReadInt64(), reader.ReadInt64());
    }
}

/// <summary>Tells keys in windows apart, and how a value begins.</summary>
internal readonly struct PaneKeyFunctor<TKey, TValue, TKeys>(TKeys keys, KeySeed seed, Func<TValue> create)
    : ITableFunctor<PaneKey<TKey>, TValue>
    where TKeys : struct, IKeyFunctor<TKey>
{
    public ulong Hash(in PaneKey<TKey> pane) =>
        KeyHash.Combine(KeyHash.Combine(keys.Hash(pane.Key), (ulong)pane.Window.StartTime, seed), (ulong)pane.Window.EndTime, seed);

    public bool AreEqual(in PaneKey<TKey> left, in PaneKey<TKey> right) =>
        left.Window == right.Window && keys.AreEqual(left.Key, right.Key);

    public TValue Create() => create();
}

/// <summary>Tells keys apart, and how a value begins.</summary>
internal readonly struct OwnKeyFunctor<TKey, TValue, TKeys>(TKeys keys, Func<TValue> create) : ITableFunctor<TKey, TValue>
    where TKeys : struct, IKeyFunctor<TKey>
{
    public ulong Hash(in TKey key) => keys.Hash(key);

    public bool AreEqual(in TKey left, in TKey right) => keys.AreEqual(left, right);

    public TValue Create() => create();
}
