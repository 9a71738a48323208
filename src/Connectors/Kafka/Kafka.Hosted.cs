namespace Weir;

/// <content>The calls that name no cluster: the first connection of the host, found when the job starts.</content>
public static partial class Kafka
{
#pragma warning disable RS0026 // The overloads differ in their first arguments, and options come last in all.
    /// <summary>A source of the values of topics of the host's cluster: the first that was added by <c>AddKafka</c>.</summary>
    /// <inheritdoc cref="Read{T}(KafkaConnection, KafkaTopics, KafkaReadOptions, IRecordFormat{T})"/>
    /// <typeparam name="T">The values.</typeparam>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    /// <param name="format">How values are read; null for texts, bytes and numbers as they are, all else as JSON.</param>
    public static ISource<T> Read<T>(KafkaTopics topics, KafkaReadOptions? options = null, IRecordFormat<T>? format = null) =>
        Read(KafkaConnection.Default, topics, options, format);

    /// <summary>A source of the messages of topics of the host's cluster, with their keys, times, headers and places.</summary>
    /// <inheritdoc
    /// cref="ReadRecords{TKey, TValue}(KafkaConnection, KafkaTopics, KafkaReadOptions, IRecordFormat{TKey}, IRecordFormat{TValue})"/>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    /// <param name="keys">How keys are read.</param>
    /// <param name="values">How values are read.</param>
    public static ISource<KafkaRecord<TKey, TValue>> ReadRecords<TKey, TValue>(
        KafkaTopics topics, KafkaReadOptions? options = null, IRecordFormat<TKey>? keys = null, IRecordFormat<TValue>? values = null) =>
        ReadRecords(KafkaConnection.Default, topics, options, keys, values);

    /// <summary>A source of what a function makes of the messages of topics of the host's cluster.</summary>
    /// <inheritdoc cref="ReadMessages{T}(KafkaConnection, KafkaTopics, KafkaMessageReader{T}, KafkaReadOptions)"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topics">The topic, which must exist; or several, by an array of names or a pattern.</param>
    /// <param name="read">Makes a record of a message.</param>
    /// <param name="options">How to read; null for <c>new KafkaReadOptions()</c>.</param>
    public static ISource<T> ReadMessages<T>(KafkaTopics topics, KafkaMessageReader<T> read, KafkaReadOptions? options = null) =>
        ReadMessages(KafkaConnection.Default, topics, read, options);

    /// <summary>A sink that writes each record exactly once to a topic of the host's cluster.</summary>
    /// <inheritdoc cref="Write{T}(KafkaConnection, string, Action{KafkaMessageShape{T}}, KafkaWriteOptions)"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteOptions()</c>.</param>
    public static ITransactionalSink<T> Write<T>(
        string topic, Action<KafkaMessageShape<T>>? shape = null, KafkaWriteOptions? options = null) =>
        Write(KafkaConnection.Default, topic, shape, options);

    /// <summary>A sink that writes each record at least once to a topic of the host's cluster.</summary>
    /// <inheritdoc cref="WriteAtLeastOnce{T}(KafkaConnection, string, Action{KafkaMessageShape{T}})"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    public static ISink<T> WriteAtLeastOnce<T>(string topic, Action<KafkaMessageShape<T>>? shape = null) =>
        WriteAtLeastOnce(KafkaConnection.Default, topic, shape);

    /// <summary>A sink that writes each record exactly once to a topic of the host's cluster, behind a checkpoint that somebody else
    /// decides.</summary>
    /// <inheritdoc cref="WriteAhead{T}(KafkaConnection, string, Action{KafkaMessageShape{T}}, KafkaWriteAheadOptions)"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    /// <param name="options">How to write; null for <c>new KafkaWriteAheadOptions()</c>.</param>
    public static ITransactionalSink<T> WriteAhead<T>(
        string topic, Action<KafkaMessageShape<T>>? shape = null, KafkaWriteAheadOptions? options = null) =>
        WriteAhead(KafkaConnection.Default, topic, shape, options);

    /// <summary>A sink that writes records to a topic of the host's cluster and does not wait until they are there.</summary>
    /// <inheritdoc cref="WriteUnconfirmed{T}(KafkaConnection, string, Action{KafkaMessageShape{T}})"/>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topic">The topic: must exist.</param>
    /// <param name="shape">What goes where; null for the record as the value, and no key.</param>
    public static ISink<T> WriteUnconfirmed<T>(string topic, Action<KafkaMessageShape<T>>? shape = null) =>
        WriteUnconfirmed(KafkaConnection.Default, topic, shape);
#pragma warning restore RS0026
}
