namespace Weir;

public static partial class Kafka
{
    /// <summary>
    /// Messages that cannot be read: <c>Side(Kafka.Malformed)</c> right behind <c>From</c> takes them, and then none fails the job or is
    /// left out. Each is in the stream of records or in this one, exactly once.
    /// </summary>
    public static SideOutput<KafkaMalformedMessage> Malformed { get; } = new("malformed");

#pragma warning disable RS0026 // The overloads differ in their first arguments, and options come last in both.
    /// <summary>A sink of messages that could not be read: with their key, value, headers and time, and headers that say why and
    /// where.</summary>
    /// <remarks>
    /// In the transaction of the job, as <c>Write</c>: exactly once, and visible together with the other results of a checkpoint.
    /// A letter that is larger than its topic takes (<c>max.message.bytes</c>) is cut, so that the job goes on: its value first, then
    /// headers are left out. The header <see cref="KafkaMalformedMessage.CutHeader"/> says how large it was; the message as it was is where
    /// the headers of topic, partition and offset say. To write them elsewhere, or at least once, give <see cref="DeadLetterShape"/> to
    /// another sink.
    /// </remarks>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteOptions()</c>.</param>
    /// <returns>The sink.</returns>
    /// <example><code>orders.Side(Kafka.Malformed).To(Kafka.DeadLetters(kafka, "orders.dead"))</code></example>
    public static ITransactionalSink<KafkaMalformedMessage> DeadLetters(
        KafkaConnection connection, string topic, KafkaWriteOptions? options = null) =>
        Write<KafkaMalformedMessage>(connection, topic, DeadLetterShape, options);

    /// <summary>A sink of messages that could not be read, in a topic of the host's cluster.</summary>
    /// <inheritdoc cref="DeadLetters(KafkaConnection, string, KafkaWriteOptions)"/>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteOptions()</c>.</param>
    public static ITransactionalSink<KafkaMalformedMessage> DeadLetters(string topic, KafkaWriteOptions? options = null) =>
        DeadLetters(KafkaConnection.Default, topic, options);
#pragma warning restore RS0026

    /// <summary>Says of a message that could not be read what goes where in its dead letter.</summary>
    /// <param name="shape">The shape.</param>
    /// <example><code>Kafka.WriteAtLeastOnce&lt;KafkaMalformedMessage&gt;(other, "dead", Kafka.DeadLetterShape)</code></example>
    public static void DeadLetterShape(KafkaMessageShape<KafkaMalformedMessage> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        shape.Key(static message => message.Key!, RecordFormats.Bytes)
            .Value(static message => message.Value!, RecordFormats.Bytes)
            .Headers(static message => message.DeadLetterHeaders())
            .TimeIfAny(static message => message.Time)
            .Fit(static (message, limit) => message.Fitted(limit));
    }
}
