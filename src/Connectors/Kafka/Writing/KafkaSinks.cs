using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Transactions;
using Weir.Runtime;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes records so that they become visible with the checkpoint that covers them, and decides which one counts.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class TransactionalKafkaSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape, KafkaWriteOptions options)
    : KafkaSink<T>(connection, shape), ITransactionalSink<T>, IDecidingSink, IDecidingKafkaSink
{
    public object Domain => new KafkaDomain(Connection.Servers);

    KafkaConnection IDecidingKafkaSink.Connection => Connection;

    KafkaWriteOptions IDecidingKafkaSink.Options => options;

    public ISinkWriter<T> Open(SinkContext context) => context.Arbiter is KafkaArbiter arbiter
        ? new TransactionalSinkWriter<T>(arbiter, Shape, new SentMessages(MessagingMeter.Of(context.Meter)))
        : throw new PlanException(
            $"{Description} writes in the transaction that decides which checkpoint counts, and JobOptions.Arbiter names another "
                + "decider. Leave that out.");

    public ICheckpointArbiter Decide(ArbiterContext context)
    {
        IDecidingKafkaSink[] sinks = [.. context.Sinks.OfType<IDecidingKafkaSink>()];
        OneProducer.Check(context.Job, sinks);
        var timeout = options.TransactionTimeout ?? TransactionTimes.TimeoutFor(context.CheckpointInterval);
        if (TransactionTimes.Refusal(context.CheckpointInterval, timeout) is { } refusal)
        {
            throw new PlanException($"Job '{context.Job}' cannot write to {Description} exactly once: {refusal}.");
        }

        var names = $"{options.Application}.{context.Job}";
        var outputs = sinks.Select(sink => sink.Topic).OfType<string>().Distinct();
        var log = new KafkaTransactionLog(Connection, $"{names}.tx", $"{names}.progress", timeout, context.Warn)
        {
            Outputs = [.. outputs],
            Inputs = [.. context.Sources.OfType<IKafkaInput>()],
            Sent = new SentMessages(MessagingMeter.Of(context.Meter)),
            Note = text => context.Note($"Job '{context.Job}' {text}"),
        };
        var arbiter = new KafkaArbiter(log, context);
        var watch = new TransactionWatch(context, timeout, Connection.Servers, () => arbiter.TransactionAge);
        Watches?.Add(watch);
        arbiter.Watch = watch;
        return arbiter;
    }
}

/// <summary>Writes records as they come: after a failure some come again, or are lost if deliveries are not confirmed.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class PlainKafkaSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape, bool isConfirmed)
    : KafkaSink<T>(connection, shape), ISink<T>
{
    public ISinkWriter<T> Open(SinkContext context)
    {
        var topicBytes = CheckOutput(context);
        return new PlainSinkWriter<T>(
            Connection, Shape, isConfirmed, context, new SentMessages(MessagingMeter.Of(context.Meter)), topicBytes);
    }
}

/// <summary>A sink that writes to a topic.</summary>
internal interface IKafkaOutput
{
    /// <summary>Gets the topic; null if records say it.</summary>
    string? Topic { get; }
}

/// <summary>Where Kafka sinks decide: those of one cluster do it together.</summary>
internal sealed record KafkaDomain(string Servers)
{
    /// <inheritdoc/>
    public override string ToString() => $"Kafka at {Servers}";
}

/// <summary>What a shape writes to, for messages.</summary>
internal static class ShapeText
{
    public static string Of<T>(KafkaMessageShape<T> shape) =>
        shape.TopicPart is not null ? "topics by record" : $"topic '{shape.TopicName}'";
}
