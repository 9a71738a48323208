namespace Weir.KafkaLog.Client;

/// <summary>Makes topics for whoever asks for them.</summary>
internal static class TopicMaker
{
    private const int BrokersDefault = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes a topic, unless there is one. Blocks.</summary>
    public static bool Ensure(
        KafkaConnection connection, string topic, int partitions, IReadOnlyDictionary<string, string>? settings, int? replicationFactor)
    {
        using var cluster = new Cluster(connection.ForAdmin(), new ClientEvents { Token = connection.Token }, Patience);
        try
        {
            return cluster.Topics([topic])[0].Partitions == 0
                && cluster.CreateTopic(
                    topic, partitions, settings ?? new Dictionary<string, string>(), replicationFactor ?? BrokersDefault);
        }
        catch (KafkaClientException failure)
            when (failure.Error.Code is ErrorCodes.Transport or ErrorCodes.TimedOut or ErrorCodes.AllBrokersDown)
        {
            throw new TimeoutException(
                $"No broker of Kafka answers at {connection.Servers}. Start one, or name another: the address is that of the connection.",
                failure);
        }
        catch (KafkaClientException failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }
}
