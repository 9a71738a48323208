using Weir.KafkaLog.Client;
using Weir.Runtime;

namespace Weir.KafkaLog.Writing;

/// <summary>
/// Sinks of a job that decide together have one producer, one that asks and one that reads the progress: a setting that one of them alone
/// has would count, or not, by chance. Pure.
/// </summary>
internal static class OneProducer
{
    /// <summary>Looks whether all say the same.</summary>
    /// <exception cref="PlanException">Two do not: both are named, with what differs.</exception>
    public static void Check(string job, IReadOnlyList<IDecidingKafkaSink> sinks)
    {
        foreach (var other in sinks.Skip(1))
        {
            if (Difference(sinks[0], other) is { } difference)
            {
                throw new PlanException(
                    $"Job '{job}' cannot write to {sinks[0].Description} and to {other.Description}: both write in one transaction, by one "
                        + $"producer, and {difference}. Say the same for both; or write one of them by {nameof(Kafka.WriteAhead)} or "
                        + $"{nameof(Kafka.WriteAtLeastOnce)}, which have producers of their own.");
            }
        }
    }

    /// <summary>What two sinks say differently; null if nothing.</summary>
    public static string? Difference(IDecidingKafkaSink first, IDecidingKafkaSink other)
    {
        var (one, two) = (first.Options, other.Options);
        return one.Application != two.Application
            ? $"{nameof(KafkaWriteOptions)}.{nameof(one.Application)} is '{one.Application}' for one and '{two.Application}' for the other"
            : one.TransactionTimeout != two.TransactionTimeout
            ? $"{nameof(KafkaWriteOptions)}.{nameof(one.TransactionTimeout)} is {Text(one.TransactionTimeout)} for one and "
                + $"{Text(two.TransactionTimeout)} for the other"
            : first.Connection.Token != other.Connection.Token
            ? $"{nameof(KafkaConnection.WithToken)} gives them different functions"
            : DifferenceOf(first.Connection.ForProducer(), other.Connection.ForProducer())
                ?? DifferenceOf(first.Connection.ForAdmin(), other.Connection.ForAdmin())
                ?? DifferenceOf(first.Connection.ForConsumer(), other.Connection.ForConsumer());
    }

    private static string? DifferenceOf(ClientSettings first, ClientSettings other)
    {
        foreach (var name in first.Names.Union(other.Names).Order(StringComparer.Ordinal))
        {
            if (first[name] != other[name])
            {
                return $"'{name}' differs: {Said(first, name)}, and {Said(other, name)}";
            }
        }

        foreach (var topic in first.Topics.Keys.Union(other.Topics.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))
        {
            var (one, two) = (first.Topics.GetValueOrDefault(topic), other.Topics.GetValueOrDefault(topic));
            if (DifferenceOf(one ?? new ClientSettings(), two ?? new ClientSettings()) is { } difference)
            {
                return $"of topic '{topic}' {difference}";
            }
        }

        return null;
    }

    // A secret is not told, but that it differs is.
    private static string Said(ClientSettings settings, string name) => settings[name] is not { } value ? "one of them says nothing"
        : ClientSetting.IsSecret(name) ? $"{settings.OriginOf(name)} says (hidden)"
        : $"{settings.OriginOf(name)} says '{value}'";

    private static string Text(TimeSpan? time) => time?.ToString("c") ?? "not given";
}

/// <summary>A sink that decides, with what it says of the producer.</summary>
internal interface IDecidingKafkaSink : IKafkaOutput
{
    /// <summary>Gets what it writes to, for messages.</summary>
    string Description { get; }

    /// <summary>Gets the cluster.</summary>
    KafkaConnection Connection { get; }

    /// <summary>Gets how it writes.</summary>
    KafkaWriteOptions Options { get; }
}
