namespace Weir;

/// <summary>A message with all that Kafka knows of it.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <param name="Key">Its key; null where it has none. To a type that has no null, such as <c>long</c>, a message without a key is
/// malformed.</param>
/// <param name="Value">Its value; null for a tombstone. To a type that has no null a tombstone is malformed.</param>
/// <param name="Time">When it was written, or happened, as <paramref name="TimestampType"/> says.</param>
/// <param name="TimestampType">Whose clock that is.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset.</param>
public sealed record KafkaRecord<TKey, TValue>(
    TKey? Key,
    TValue? Value,
    DateTime Time,
    KafkaTimestampType TimestampType,
    KafkaHeaders Headers,
    string Topic,
    int Partition,
    long Offset);
