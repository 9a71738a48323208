using Weir.KafkaLog.Ahead;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Writing;

namespace Weir;

/// <summary>Kafka as a source and as a sink.</summary>
public static partial class Kafka
{
#pragma warning disable RS0026 // The overloads differ in what is required: no call can mean two of them, and options come last in all.
    /// <summary>A source of the values of one or several topics.</summary>
    /// <remarks>
    /// A partition is a split; its position is in checkpoints. Partitions that are added later are found and read from their beginning.
    /// Records of transactions are read when those are committed.
    /// </remarks>
    /// <typeparam name="T">The values.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    /// <param name="format">How values are read; null for texts, bytes and numbers as they are, all else as JSON.</param>
    /// <returns>The source.</returns>
    public static ISource<T> Read<T>(
        KafkaConnection connection, KafkaTopics topics, KafkaReadOptions? options = null, IRecordFormat<T>? format = null)
    {
        var used = format ?? RecordFormats.DefaultOf<T>();
        return ReadMessages(
            connection, topics, message => message.HasValue ? used.Read(message.Value) : throw new FormatException(NoValue), options);
    }

    /// <summary>A source of the messages of one or several topics, with their keys, times, headers and places.</summary>
    /// <inheritdoc cref="Read{T}(KafkaConnection, KafkaTopics, KafkaReadOptions, IRecordFormat{T})"/>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    /// <param name="keys">How keys are read.</param>
    /// <param name="values">How values are read.</param>
    public static ISource<KafkaRecord<TKey, TValue>> ReadRecords<TKey, TValue>(
        KafkaConnection connection,
        KafkaTopics topics,
        KafkaReadOptions? options = null,
        IRecordFormat<TKey>? keys = null,
        IRecordFormat<TValue>? values = null)
    {
        var (key, value) = (keys ?? RecordFormats.DefaultOf<TKey>(), values ?? RecordFormats.DefaultOf<TValue>());
        return ReadMessages(connection, topics, message => RecordOf(message, key, value), options);
    }

    /// <summary>A source of what a function makes of the messages of topics, where they lie: without garbage, if it makes none.</summary>
    /// <inheritdoc cref="Read{T}(KafkaConnection, KafkaTopics, KafkaReadOptions, IRecordFormat{T})"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="read">Makes a record of a message.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    public static ISource<T> ReadMessages<T>(
        KafkaConnection connection, KafkaTopics topics, KafkaMessageReader<T> read, KafkaReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(read);
        var used = options ?? new KafkaReadOptions();
        used.Check();
        return new KafkaSource<T>(connection, topics, read, used);
    }

    /// <summary>A sink that writes each record exactly once: readers of committed records see those of a checkpoint at one
    /// moment.</summary>
    /// <remarks>
    /// The Kafka transaction decides which checkpoint counts. All such sinks of a job at a cluster write in one transaction. A job has one
    /// cluster that decides.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteOptions()</c>.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> Write<T>(
        KafkaConnection connection, string topic, Action<KafkaMessageShape<T>>? shape = null, KafkaWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        var used = options ?? new KafkaWriteOptions();
        used.Check();
        return new TransactionalKafkaSink<T>(connection, ShapeOf(topic, shape), used);
    }

    /// <summary>
    /// A sink that writes each record exactly once, behind a checkpoint that somebody else decides: messages are kept in the checkpoint,
    /// and written when it exists.
    /// </summary>
    /// <remarks>
    /// <para>For a second cluster beside the one that decides, for checkpoints that are further apart than a transaction may be open, and
    /// for topics that others write to as well: a transaction is open while the messages of a checkpoint are written, and not between. Each
    /// subtask writes a transaction of its own, with a marker in the topic <c>‹application›.‹job›.ahead</c> that says so.</para>
    /// <para>Messages are kept in memory until then, and stored with the checkpoint. See
    /// <see cref="KafkaWriteAheadOptions.MaxBytesPerCheckpoint"/>.
    /// <see cref="Write{T}(KafkaConnection, string, Action{KafkaMessageShape{T}}, KafkaWriteOptions)"/> carries more.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteAheadOptions()</c>.</param>
    /// <returns>The sink.</returns>
    public static ITransactionalSink<T> WriteAhead<T>(
        KafkaConnection connection, string topic, Action<KafkaMessageShape<T>>? shape = null, KafkaWriteAheadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        var used = options ?? new KafkaWriteAheadOptions();
        used.Check();
        return new AheadSink<T>(connection, ShapeOf(topic, shape), used);
    }

    /// <summary>A sink that writes each record at least once: readers see it soon, and after a failure some come again.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <returns>The sink.</returns>
    public static ISink<T> WriteAtLeastOnce<T>(KafkaConnection connection, string topic, Action<KafkaMessageShape<T>>? shape = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        return new PlainKafkaSink<T>(connection, ShapeOf(topic, shape), isConfirmed: true);
    }

    /// <summary>A sink that writes each record and waits for no answer: after a failure some come again, and some are lost.</summary>
    /// <remarks>For figures that the next ones replace. Checkpoints do not wait for deliveries; the first that fails is told as a
    /// warning.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <returns>The sink.</returns>
    public static ISink<T> WriteUnconfirmed<T>(KafkaConnection connection, string topic, Action<KafkaMessageShape<T>>? shape = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        return new PlainKafkaSink<T>(connection, ShapeOf(topic, shape), isConfirmed: false);
    }

    /// <summary>Makes a topic, unless there is one of that name. Jobs make none of their own accord: this is for programs that bring their
    /// topics with them, and for tests.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">How many partitions it gets. One that exists keeps its own.</param>
    /// <param name="settings">Settings of the topic, such as <c>cleanup.policy</c>; null for the broker's.</param>
    /// <param name="replicationFactor">How many brokers keep it; null for the broker's default.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="TimeoutException">No broker answers within ten seconds.</exception>
    /// <exception cref="InvalidOperationException">The cluster refuses.</exception>
    public static Task<bool> EnsureTopicAsync(
        KafkaConnection connection,
        string topic,
        int partitions,
        IReadOnlyDictionary<string, string>? settings = null,
        int? replicationFactor = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitions);
        if (replicationFactor is { } factor)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor, nameof(replicationFactor));
        }

        return Task.Run(() => TopicMaker.Ensure(connection, topic, partitions, settings, replicationFactor), cancellation)
            .WaitAsync(cancellation);
    }
#pragma warning restore RS0026

    private const string NoValue = "it has no value (a tombstone); ReadRecords and ReadMessages show those";

    private static KafkaMessageShape<T> ShapeOf<T>(string topic, Action<KafkaMessageShape<T>>? shape)
    {
        var made = new KafkaMessageShape<T>(topic);
        shape?.Invoke(made);
        if (made.ValuePart is null)
        {
            made.Value(static record => record);
        }

        return made;
    }

    // A number that nobody has written must not come out of nothing.
    private static T? NullOf<T>(string part) => default(T) is null
        ? default
        : throw new FormatException($"it has no {part}, and a {typeof(T).Name} is never null; ReadRecords with {typeof(T).Name}? shows it");

    private static KafkaRecord<TKey, TValue> RecordOf<TKey, TValue>(
        KafkaMessage message, IRecordFormat<TKey> keys, IRecordFormat<TValue> values)
    {
        return new KafkaRecord<TKey, TValue>(
            message.HasKey ? keys.Read(message.Key) : NullOf<TKey>("key"),
            message.HasValue ? values.Read(message.Value) : NullOf<TValue>("value (a tombstone)"),
            EventTime.ToDateTime(MessageTime.Of(message)),
            message.TimestampType,
            message.ReadHeaders(),
            message.Topic,
            message.Partition,
            message.Offset);
    }
}
