using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;

namespace Weir.KafkaLog.Health;

/// <summary>
/// Finds partitions that stand still: there was more to read at three looks one after another, and nothing was read between them.
/// </summary>
/// <remarks>Looks that come close behind one another, of several who ask, count as one. Not for several threads.</remarks>
internal sealed class Standstills
{
    private const int Looks = 3;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private Dictionary<TopicPartition, Seen> _seen = [];

    /// <summary>Looks.</summary>
    /// <param name="lags">How far each partition is.</param>
    /// <param name="now">When.</param>
    /// <returns>The partitions that stand still, and since when.</returns>
    public IReadOnlyList<(PartitionLag Lag, TimeSpan For)> Look(IReadOnlyList<PartitionLag> lags, DateTimeOffset now)
    {
        var seen = new Dictionary<TopicPartition, Seen>();
        foreach (var lag in lags.Where(lag => lag.Records > 0))
        {
            // Two jobs may read one partition: the one that is further behind counts.
            if (!seen.TryGetValue(lag.Place, out var other) || other.Position > lag.Position)
            {
                seen[lag.Place] = Next(lag, now);
            }
        }

        _seen = seen;
        return
        [
            .. from lag in lags
               where seen.TryGetValue(lag.Place, out var own) && own.Position == lag.Position && own.Count >= Looks
               select (lag, now - seen[lag.Place].Since),
        ];
    }

    private Seen Next(PartitionLag lag, DateTimeOffset now) =>
        !_seen.TryGetValue(lag.Place, out var last) || last.Position != lag.Position ? new(lag.Position, 1, now, now)
        : now - last.At < Apart ? last
        : last with { Count = last.Count + 1, At = now };

    private readonly record struct Seen(long Position, int Count, DateTimeOffset Since, DateTimeOffset At);
}
