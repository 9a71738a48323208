using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Weir.KafkaLog.Telemetry;

/// <summary>
/// The instruments that the messaging conventions of OpenTelemetry name, and those of transactions: one set for all sources and sinks of a
/// job, over all attempts.
/// </summary>
internal sealed class MessagingMeter
{
    // By the meter, which is of one run: two hosts share nothing.
    private static readonly ConditionalWeakTable<Meter, MessagingMeter> OfMeters = [];

    private MessagingMeter(Meter meter)
    {
        Consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages that sources have taken");
        Sent = meter.CreateCounter<long>(
            "messaging.client.sent.messages", "{message}", "Messages handed to the client; with an error, those that it gave up");
        Duration = meter.CreateHistogram<double>(
            "messaging.client.operation.duration", "s", "How long calls to the cluster take that a job waits for");
        Outcomes = meter.CreateCounter<long>("weir.kafka.transaction.outcome", "{transaction}", "How transactions at the cluster ended");
    }

    /// <summary>Gets the count of messages that were read.</summary>
    public Counter<long> Consumed { get; }

    /// <summary>Gets the count of messages that were written.</summary>
    public Counter<long> Sent { get; }

    /// <summary>Gets the durations of calls.</summary>
    public Histogram<double> Duration { get; }

    /// <summary>Gets the count of transactions by their end.</summary>
    public Counter<long> Outcomes { get; }

    /// <summary>The instruments of a meter; null without one.</summary>
    public static MessagingMeter? Of(Meter? meter) =>
        meter is null ? null : OfMeters.GetValue(meter, static made => new MessagingMeter(made));

    /// <summary>The job that a meter is of; null if it does not say.</summary>
    public static string? JobOf(Meter? meter) => meter?.Tags?.FirstOrDefault(static tag => tag.Key == "weir.job").Value as string;

    /// <summary>The tags of an operation.</summary>
    /// <param name="operation">Its name, as clients of Kafka call it: <c>poll</c>, <c>send</c>, <c>commit</c>.</param>
    /// <param name="topic">The topic; null for none in particular.</param>
    /// <param name="others">Further ones; those whose value is null are left out.</param>
    public static KeyValuePair<string, object?>[] Tags(string operation, string? topic, params (string Name, string? Value)[] others) =>
    [
        new("messaging.system", "kafka"),
        new("messaging.operation.name", operation),
        .. from tag in others.Prepend(("messaging.destination.name", topic))
           where tag.Item2 is not null
           select new KeyValuePair<string, object?>(tag.Item1, tag.Item2),
    ];
}
