using System.Collections.Immutable;

namespace Weir;

/// <summary>Where reading begins when no checkpoint says otherwise. Partitions that appear later are read from their beginning.</summary>
public abstract record KafkaStart
{
    private protected KafkaStart()
    {
    }

    /// <summary>At the first record that the broker still has. The default.</summary>
    public static KafkaStart Earliest { get; } = new EarliestStart();

    /// <summary>Behind the last record that there is as the job starts.</summary>
    public static KafkaStart Latest { get; } = new LatestStart();

    /// <summary>Where the group of <c>KafkaReadOptions.Group</c> has committed; else at the first record.</summary>
    public static KafkaStart Committed { get; } = new CommittedStart(Earliest);

    /// <summary>Where the group has committed.</summary>
    /// <param name="otherwise">Where to begin in partitions that it has not committed: <see cref="Earliest"/> or <see
    /// cref="Latest"/>.</param>
    /// <returns>The start.</returns>
    public static KafkaStart CommittedOr(KafkaStart otherwise) => new CommittedStart(otherwise);

    /// <summary>At the first record whose time is this or later; behind the last, if there is none.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The start.</returns>
    public static KafkaStart At(DateTimeOffset time) => new TimeStart(time);

    /// <summary>At given offsets.</summary>
    /// <param name="offsets">The offset of the first record to read, of each partition of the topic.</param>
    /// <param name="otherwise">Where to begin in partitions that are not named; null refuses to start if there are such.</param>
    /// <returns>The start.</returns>
    public static KafkaStart Offsets(IReadOnlyDictionary<int, long> offsets, KafkaStart? otherwise = null) =>
        new OffsetStart(offsets.ToImmutableDictionary(), otherwise);
}

internal sealed record EarliestStart : KafkaStart;

internal sealed record LatestStart : KafkaStart;

internal sealed record CommittedStart(KafkaStart Otherwise) : KafkaStart;

internal sealed record TimeStart(DateTimeOffset Time) : KafkaStart;

internal sealed record OffsetStart(ImmutableDictionary<int, long> Given, KafkaStart? Otherwise) : KafkaStart;
