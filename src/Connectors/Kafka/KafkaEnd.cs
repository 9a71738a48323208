using System.Collections.Immutable;

namespace Weir;

/// <summary>Where reading ends. Ends are positions: a partition has ended when its position is there, whether or not a record is.</summary>
public abstract record KafkaEnd
{
    private protected KafkaEnd()
    {
    }

    /// <summary>Never: the job reads on until it is stopped. The default.</summary>
    public static KafkaEnd Never { get; } = new NeverEnd();

    /// <summary>Behind the last record that there is as the job first starts.</summary>
    public static KafkaEnd LatestAtStart { get; } = new LatestEnd();

    /// <summary>In front of the first record whose time is this or later.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The end.</returns>
    public static KafkaEnd At(DateTimeOffset time) => new TimeEnd(time);

    /// <summary>At given offsets, which are not read any more.</summary>
    /// <param name="offsets">The end of each partition of the topic. Partitions that are not named are not read.</param>
    /// <returns>The end.</returns>
    public static KafkaEnd Offsets(IReadOnlyDictionary<int, long> offsets) => new OffsetEnd(offsets.ToImmutableDictionary());
}

internal sealed record NeverEnd : KafkaEnd;

internal sealed record LatestEnd : KafkaEnd;

internal sealed record TimeEnd(DateTimeOffset Time) : KafkaEnd;

internal sealed record OffsetEnd(ImmutableDictionary<int, long> Given) : KafkaEnd;
