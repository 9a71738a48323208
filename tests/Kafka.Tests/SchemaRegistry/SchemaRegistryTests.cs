using System.Buffers;
using System.Text;
using Avro;
using Avro.Generic;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.SchemaRegistry;

/// <summary>The bytes of formats with a schema registry, and how often it is asked.</summary>
public sealed class SchemaRegistryTests
{
    private const string OrderSchema =
        """{"type":"record","name":"Order","fields":[{"name":"id","type":"long"},{"name":"customer","type":"string"}]}""";

    private const int Messages = 1000;

    // 64 bytes a message were measured on one path: nobody has found out whose they are.
    private const long Slack = 100 * Messages;

    [Fact]
    public void A_value_in_JSON_is_the_magic_byte_the_id_and_the_text()
    {
        using var server = new RegistryDouble(firstId: 0x01020304);
        using var registry = new KafkaSchemaRegistry(server.Url);
        Assert.Equal(
            [0, 1, 2, 3, 4, .. Encoding.UTF8.GetBytes("""{"Id":7,"Customer":"Zoë"}""")],
            Bytes(registry.Json<Bought>("orders"), new Bought(7, "Zoë")));
    }

    [Fact]
    public void A_value_in_Avro_is_the_magic_byte_the_id_and_the_fields()
    {
        using var server = new RegistryDouble(firstId: 258);
        using var registry = new KafkaSchemaRegistry(server.Url);
        Assert.Equal(
            [0, 0, 0, 1, 2, 14, 6, (byte)'a', (byte)'n', (byte)'n'],
            Bytes(registry.Avro<GenericRecord>("orders"), Order(7, "ann")));
        Assert.Equal([0, 0, 0, 1, 3, 4, (byte)'o', (byte)'k'], Bytes(registry.AvroKey<string>("orders"), "ok"));
    }

    [Fact]
    public void Values_come_back_as_they_were()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var (json, avro) = (registry.Json<Bought>("orders"), registry.Avro<GenericRecord>("bills"));
        Assert.Equal(new Bought(7, "Zoë"), json.Read(Bytes(json, new Bought(7, "Zoë"))));
        Assert.Equal(Order(7, "ann"), avro.Read(Bytes(avro, Order(7, "ann"))));
        var key = registry.AvroKey<long>("bills");
        Assert.Equal(-5, key.Read(Bytes(key, -5)));
    }

    [Fact]
    public void Subjects_are_named_for_the_topic_and_its_part()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        Bytes(registry.JsonKey<Bought>("orders"), new Bought(1, "a"));
        Bytes(registry.Json<Bought>("orders"), new Bought(1, "a"));
        Bytes(registry.AvroKey<string>("bills"), "a");
        Bytes(registry.Avro<GenericRecord>("bills"), Order(1, "a"));
        Assert.Equal(
            ["POST /subjects/orders-key/versions", "POST /subjects/orders-value/versions", "POST /subjects/bills-key/versions",
                "POST /subjects/bills-value/versions"],
            server.Requests);
    }

    [Fact]
    public void The_registry_is_asked_once_for_a_schema_however_many_messages_have_it()
    {
        using var server = new RegistryDouble(firstId: 9);
        byte[] json, avro;
        using (var writing = new KafkaSchemaRegistry(server.Url))
        {
            (json, avro) = Written(writing);
            Written(writing);
            Assert.Equal(["POST /subjects/bills-value/versions", "POST /subjects/orders-value/versions"], server.Requests.Order());
        }

        server.Requests.Clear();
        using var reading = new KafkaSchemaRegistry(server.Url);
        var (orders, bills) = (reading.Json<Bought>("orders"), reading.Avro<GenericRecord>("bills"));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(5, orders.Read(json).Id);
            Assert.Equal(5L, bills.Read(avro)["id"]);
        }

        Assert.Equal(["GET /schemas/ids/10", "GET /schemas/ids/9"], server.Requests.Order());
    }

    [Fact]
    public async Task Threads_that_share_a_format_ask_once_and_do_not_mix_their_messages()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var format = registry.Json<Bought>("orders");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    var order = new Bought((thread * 1000) + i, $"customer {thread}");
                    Assert.Equal(order, format.Read(Bytes(format, order)));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Single(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
        Assert.Single(server.Requests, request => request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_that_another_program_has_registered_is_read_by_its_id()
    {
        using var server = new RegistryDouble();
        server.Register("bills-value", """{"type":"string"}""");
        var id = server.Register("bills-value", OrderSchema);
        using var registry = new KafkaSchemaRegistry(server.Url);
        Assert.Equal(
            Order(7, "ann"), registry.Avro<GenericRecord>("bills").Read([0, 0, 0, 0, (byte)id, 14, 6, (byte)'a', (byte)'n', (byte)'n']));
    }

    [Fact]
    public void Settings_of_client_and_serdes_reach_them()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(new Dictionary<string, string>
        {
            ["schema.registry.url"] = server.Url,
            ["schema.registry.basic.auth.user.info"] = "ann:secret",
            ["avro.serializer.auto.register.schemas"] = "false",
            ["avro.serializer.use.latest.version"] = "true",
        });
        server.Register("bills-value", OrderSchema);
        Bytes(registry.Avro<GenericRecord>("bills"), Order(7, "ann"));
        Assert.Equal(["GET /subjects/bills-value/versions/latest"], server.Requests);
        Assert.Equal($"Basic {Convert.ToBase64String("ann:secret"u8)}", Assert.Single(server.Credentials));
    }

    [Fact]
    public void A_subject_may_be_named_otherwise()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(new Dictionary<string, string>
        {
            ["schema.registry.url"] = server.Url,
            ["avro.serializer.subject.name.strategy"] = "Record",
        });
        Bytes(registry.Avro<GenericRecord>("bills"), Order(7, "ann"));
        Assert.Equal(["POST /subjects/Order/versions"], server.Requests);
    }

    [Theory]
    [InlineData("auto.register.schemas", "true", "has a setting 'auto.register.schemas'")]
    [InlineData("json.serializer.schema.id.strategy", "Header", "a format sees no headers")]
    [InlineData("schema.registry.url", "http://ann:pass@127.0.0.1:1", "give them as 'schema.registry.basic.auth.user.info'")]
    public void Settings_that_can_be_none_are_refused_at_once(string name, string value, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(() => new KafkaSchemaRegistry(
            new Dictionary<string, string> { ["schema.registry.max.retries"] = "1", [name] = value }));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_serde_refuses_is_refused_with_the_format_and_not_with_its_messages()
    {
        using var registry = new KafkaSchemaRegistry(new Dictionary<string, string>
        {
            ["schema.registry.url"] = "http://127.0.0.1:1",
            ["json.serializer.use.latest.version"] = "true",
        });
        Assert.Contains(
            "use.latest.version", Assert.Throws<ArgumentException>(() => registry.Json<Bought>("t")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Avro has no Bought", Assert.Throws<NotSupportedException>(() => registry.Avro<Bought>("t")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_asked_before_the_first_message()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        _ = (registry.Json<Bought>("orders"), registry.Avro<GenericRecord>("bills"));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_message_makes_the_garbage_of_the_serdes_and_less_than_a_hundred_bytes_more()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        using var client = new CachedSchemaRegistryClient(new SchemaRegistryConfig { Url = server.Url });
        var (format, serializer, deserializer) = (
            registry.Avro<string>("t"), new AvroSerializer<string>(client), new AvroDeserializer<string>(client));
        var (context, output) = (new SerializationContext(MessageComponentType.Value, "t"), new ArrayBufferWriter<byte>(1 << 20));
        var bytes = Bytes(format, "a text");
        var ours = GarbageOf(() => _ = format.Read(bytes));
        Assert.InRange(ours, 1, GarbageOf(() => _ = deserializer.DeserializeAsync(bytes, false, context).GetAwaiter().GetResult()) + Slack);
        ours = GarbageOf(() => format.Write("a text", output));
        Assert.InRange(ours, 1, GarbageOf(() => _ = serializer.SerializeAsync("a text", context).GetAwaiter().GetResult()) + Slack);
    }

    internal static GenericRecord Order(long id, string customer)
    {
        var record = new GenericRecord((RecordSchema)Avro.Schema.Parse(OrderSchema));
        record.Add("id", id);
        record.Add("customer", customer);
        return record;
    }

    internal static byte[] Bytes<T>(IRecordFormat<T> format, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    private static long GarbageOf(Action action)
    {
        for (var i = 0; i < 100; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (byte[] Json, byte[] Avro) Written(KafkaSchemaRegistry registry) => (
        Bytes(registry.Json<Bought>("orders"), new Bought(5, "ann")),
        Bytes(registry.Avro<GenericRecord>("bills"), Order(5, "ann")));
}

/// <summary>What the tests write.</summary>
public sealed record Bought(int Id, string Customer);
