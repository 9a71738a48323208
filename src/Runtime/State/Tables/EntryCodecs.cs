namespace Weir.Runtime.State.Tables;

/// <summary>How the entries of a state table are written: namespace, key, value.</summary>
/// <param name="Keys">Writes keys.</param>
/// <param name="Namespaces">Writes namespaces.</param>
/// <param name="Values">Writes values.</param>
internal sealed record EntryCodecs<TKey, TNamespace, TValue>(Codec<TKey> Keys, Codec<TNamespace> Namespaces, Codec<TValue> Values)
{
    /// <summary>Gets what is asked at a barrier for what the snapshot keeps; null if it keeps all.</summary>
    public Func<EntryKept<TValue>>? Kept { get; init; }

    /// <summary>Gets how long an entry lives that nobody touches, where <see cref="Kept"/> goes by that; null if it does not.</summary>
    public EntryLifetime? Lifetime { get; init; }
}

/// <summary>How long an entry lives that nobody touches.</summary>
/// <param name="Micros">The time in microseconds.</param>
/// <param name="Now">The processing time, in microseconds since the Unix epoch. Called by the subtask.</param>
internal sealed record EntryLifetime(long Micros, Func<long> Now);

/// <summary>Whether an entry is worth keeping in a snapshot, as of the moment at which it was asked for. Called by the subtask.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <param name="value">The value; may be replaced by what is left of it, and is itself never changed.</param>
/// <returns>False for one that has expired.</returns>
internal delegate bool EntryKept<TValue>(ref TValue value);
