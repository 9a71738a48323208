using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Native;

/// <summary>The functions of librdkafka that ask for topics, make them, and tell their settings.</summary>
internal static unsafe partial class RdAdmin
{
    private const string Library = NativeLibraries.Name;

    static RdAdmin() => NativeLibraries.Register();

    public const int CreateTopics = 1;
    public const int DescribeConfigs = 5;
    public const int AnyOperation = 0;

    public const int TopicResource = 2;
    public const int BrokerResource = 4;

    [LibraryImport(Library)]
    public static partial int rd_kafka_metadata(nint client, int allTopics, nint onlyTopic, RdMetadata** metadata, int timeout);

    [LibraryImport(Library)]
    public static partial void rd_kafka_metadata_destroy(RdMetadata* metadata);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_AdminOptions_new(nint client, int operation);

    [LibraryImport(Library)]
    public static partial void rd_kafka_AdminOptions_destroy(nint options);

    [LibraryImport(Library)]
    public static partial int rd_kafka_AdminOptions_set_request_timeout(nint options, int timeout, byte* error, nuint errorSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_NewTopic_new(string topic, int partitions, int replicationFactor, byte* error, nuint errorSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_NewTopic_set_config(nint topic, string name, string value);

    [LibraryImport(Library)]
    public static partial void rd_kafka_NewTopic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial void rd_kafka_CreateTopics(nint client, nint* topics, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_CreateTopics_result(nint e);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_CreateTopics_result_topics(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_topic_result_error(nint topic);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_topic_result_error_string(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicCollection_of_topic_names(byte** topics, nuint count);

    [LibraryImport(Library)]
    public static partial void rd_kafka_TopicCollection_destroy(nint topics);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DescribeTopics(nint client, nint topics, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DescribeTopics_result(nint e);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DescribeTopics_result_topics(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_TopicDescription_name(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicDescription_error(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicDescription_topic_id(nint topic);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_TopicDescription_partitions(nint topic, nuint* count);

    [LibraryImport(Library)]
    public static partial int* rd_kafka_TopicDescription_authorized_operations(nint topic, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_AdminOptions_set_include_authorized_operations(nint options, int isWanted);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_Uuid_base64str(nint id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_ConfigResource_new(int type, string name);

    [LibraryImport(Library)]
    public static partial void rd_kafka_ConfigResource_destroy(nint resource);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DescribeConfigs(nint client, nint* resources, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DescribeConfigs_result(nint e);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DescribeConfigs_result_resources(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_ConfigResource_error(nint resource);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_ConfigResource_error_string(nint resource);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_ConfigResource_configs(nint resource, nuint* count);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_ConfigEntry_name(nint entry);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_ConfigEntry_value(nint entry);
}
