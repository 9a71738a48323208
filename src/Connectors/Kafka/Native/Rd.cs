using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Native;

/// <summary>
/// The functions of librdkafka that Weir calls, as its header declares them. Texts are UTF-8, times in milliseconds; what is returned as a
/// pointer to text belongs to the library. Nobody but <c>Client</c> calls these.
/// </summary>
internal static unsafe partial class Rd
{
    private const string Library = NativeLibraries.Name;

    static Rd() => NativeLibraries.Register();

    public const int Consumer = 1;
    public const int Producer = 0;

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_version_str();

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_err2name(int error);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_err2str(int error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_conf_new();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_destroy(nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_events(nint conf, int events);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_new(int type, nint conf, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_destroy_flags(nint client, int flags);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_name(nint client);

    [LibraryImport(Library)]
    public static partial int rd_kafka_set_log_queue(nint client, nint queue);

    [LibraryImport(Library)]
    public static partial int rd_kafka_fatal_error(nint client, byte* error, nuint errorSize);

    // Queues and events.

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_new(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_main(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_consumer(nint client);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_queue_get_partition(nint client, string topic, int partition);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_forward(nint source, nint target);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library)]
    public static partial nuint rd_kafka_queue_length(nint queue);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_cb_event_enable(
        nint queue, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint opaque);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_yield(nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(nint queue, int timeout);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_type(nint e);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint e);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint e);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_event_error_string(nint e);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error_is_fatal(nint e);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_log(nint e, byte** facility, byte** text, int* level);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_event_stats(nint e);

    [LibraryImport(Library)]
    public static partial RdMessage* rd_kafka_event_message_next(nint e);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_event_config_string(nint e);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_oauthbearer_set_token(
        nint client, string token, long lifetime, string principal, nint extensions, nuint extensionCount, byte* error, nuint errorSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_oauthbearer_set_token_failure(nint client, string error);

    // Errors.

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_error_string(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_is_fatal(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_is_retriable(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_txn_requires_abort(nint error);

    [LibraryImport(Library)]
    public static partial void rd_kafka_error_destroy(nint error);

    // Lists of partitions.

    [LibraryImport(Library)]
    public static partial RdPartitionList* rd_kafka_topic_partition_list_new(int size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial RdPartition* rd_kafka_topic_partition_list_add(RdPartitionList* list, string topic, int partition);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_partition_list_destroy(RdPartitionList* list);

    // Reading.

    [LibraryImport(Library)]
    public static partial int rd_kafka_poll_set_consumer(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_incremental_assign(nint client, RdPartitionList* partitions);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_incremental_unassign(nint client, RdPartitionList* partitions);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consume_batch_queue(nint queue, int timeout, RdMessage** messages, nuint count);

    [LibraryImport(Library)]
    public static partial void rd_kafka_message_destroy(RdMessage* message);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial long rd_kafka_message_timestamp(RdMessage* message, int* type);

    [LibraryImport(Library)]
    public static partial int rd_kafka_message_headers(RdMessage* message, nint* headers);

    [LibraryImport(Library)]
    public static partial nuint rd_kafka_header_cnt(nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_get_all(nint headers, nuint index, byte** name, byte** value, nuint* size);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_get_last(nint headers, byte* name, byte** value, nuint* size);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_topic_name(nint topic);

    [LibraryImport(Library)]
    public static partial int rd_kafka_position(nint client, RdPartitionList* partitions);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_query_watermark_offsets(
        nint client, string topic, int partition, long* low, long* high, int timeout);

    [LibraryImport(Library)]
    public static partial int rd_kafka_offsets_for_times(nint client, RdPartitionList* partitions, int timeout);

    [LibraryImport(Library)]
    public static partial int rd_kafka_committed(nint client, RdPartitionList* partitions, int timeout);

    [LibraryImport(Library)]
    public static partial int rd_kafka_commit(nint client, RdPartitionList* offsets, int isAsync);

    [LibraryImport(Library)]
    public static partial int rd_kafka_commit_queue(nint client, RdPartitionList* offsets, nint queue, nint callback, nint opaque);

    // Writing.

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string topic, nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_get_watermark_offsets(nint client, string topic, int partition, long* low, long* high);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_default_topic_conf_dup(nint client);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_topic_conf_set(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_conf_destroy(nint conf);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial int rd_kafka_produce_batch(nint topic, int partition, int flags, RdMessage* messages, int count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_produceva(nint client, RdValue* values, nuint count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_headers_new(nuint capacity);

    [LibraryImport(Library)]
    public static partial void rd_kafka_headers_destroy(nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_add(nint headers, byte* name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(Library)]
    public static partial int rd_kafka_flush(nint client, int timeout);

    [LibraryImport(Library)]
    public static partial int rd_kafka_purge(nint client, int flags);

    [LibraryImport(Library)]
    public static partial int rd_kafka_outq_len(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_init_transactions(nint client, int timeout);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_begin_transaction(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_commit_transaction(nint client, int timeout);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_abort_transaction(nint client, int timeout);
}
