using Avro.Generic;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.SchemaRegistry;

/// <summary>Bytes that are no message of a registry, and registries that do not answer: two things.</summary>
public sealed class RegistryFailuresTests
{
    private static readonly byte[] Framed = [0, 0, 0, 0, 1, 14, 2, (byte)'a'];

    [Theory]
    [InlineData("", "it has 0 bytes, and a schema registry's frame alone takes 5")]
    [InlineData("00000001", "it has 4 bytes")]
    [InlineData("0500000001FF", "it begins with the byte 5 and not with 0, the magic byte")]
    [InlineData("7B22496422", "it begins with the byte 123")]
    public void Bytes_without_a_frame_are_malformed_and_nobody_is_asked(string bytes, string reason)
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        Assert.Contains(reason, Refused(registry.Json<Bought>("orders"), Convert.FromHexString(bytes)), StringComparison.Ordinal);
        Assert.Contains(reason, Refused(registry.Avro<GenericRecord>("orders"), Convert.FromHexString(bytes)), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void An_id_that_the_registry_does_not_know_makes_a_message_malformed()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var reason = $"its schema id 77 is unknown to the schema registry at {server.Url}";
        Assert.Equal(reason, Refused(registry.Json<Bought>("orders"), [0, 0, 0, 0, 77, (byte)'{', (byte)'}']));
        Assert.Equal(reason, Refused(registry.Avro<GenericRecord>("orders"), [0, 0, 0, 0, 77, 14]));
    }

    [Fact]
    public void An_id_that_was_unknown_is_asked_for_again()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var format = registry.Avro<string>("orders");
        Assert.Contains("unknown", Refused(format, Framed[..5]), StringComparison.Ordinal);
        server.Register("orders-value", """{"type":"string"}""");
        Assert.Equal("a", format.Read([.. Framed[..5], .. Framed[6..]]));
    }

    [Fact]
    public void A_payload_that_its_schema_does_not_fit_is_malformed()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var (json, avro) = (registry.Json<Bought>("orders"), registry.Avro<GenericRecord>("bills"));
        var (order, bill) = (
            SchemaRegistryTests.Bytes(json, new Bought(1, "a")), SchemaRegistryTests.Bytes(avro, SchemaRegistryTests.Order(1, "a")));
        Assert.Contains("it is no Bought by its schema 1", Refused(json, order[..^1]), StringComparison.Ordinal);
        Assert.Contains("validation failed", Refused(json, [.. order[..5], .. "null"u8]), StringComparison.Ordinal);
        Assert.Contains("it is no GenericRecord by its schema 2", Refused(avro, bill[..^1]), StringComparison.Ordinal);
        for (var cut = 5; cut < bill.Length; cut++)
        {
            Refused(avro, bill[..cut]);
        }
    }

    [Fact]
    public void A_payload_that_is_null_is_no_record_though_nobody_validates_it()
    {
        using var server = new RegistryDouble();
        server.Register("orders-value", "{}", "JSON");
        using var registry = new KafkaSchemaRegistry(
            new Dictionary<string, string> { ["schema.registry.url"] = server.Url, ["json.deserializer.validate"] = "false" });
        Assert.Equal(
            "its payload is null, which is no record",
            Refused(registry.Json<Bought>("orders"), [0, 0, 0, 0, 1, .. "null"u8]));
    }

    [Fact]
    public void Bytes_that_were_changed_are_read_or_malformed_and_never_anything_else()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var (json, avro) = (registry.Json<Bought>("orders"), registry.Avro<GenericRecord>("bills"));
        foreach (var (read, bytes) in new (Action<byte[]>, byte[])[]
        {
            (b => json.Read(b), SchemaRegistryTests.Bytes(json, new Bought(1, "anna"))),
            (b => avro.Read(b), SchemaRegistryTests.Bytes(avro, SchemaRegistryTests.Order(1, "anna"))),
        })
        {
            for (var at = 5; at < bytes.Length; at++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var changed = bytes.ToArray();
                    changed[at] = (byte)value;
                    if (Record.Exception(() => read(changed)) is { } failure)
                    {
                        Assert.True(failure is FormatException, $"byte {at} as {value}: {failure}");
                    }
                }
            }
        }
    }

    [Fact]
    public void A_registry_that_is_down_is_no_malformed_message_and_its_URL_is_named()
    {
        var url = $"http://127.0.0.1:{RegistryDouble.FreePort()}";
        using var registry = new KafkaSchemaRegistry(url);
        foreach (var failure in new[]
        {
            Assert.Throws<SchemaRegistryFailedException>(() => registry.Json<Bought>("orders").Read(Framed)),
            Assert.Throws<SchemaRegistryFailedException>(() => registry.Avro<string>("orders").Read(Framed)),
            Assert.Throws<SchemaRegistryFailedException>(
                () => SchemaRegistryTests.Bytes(registry.Json<Bought>("orders"), new Bought(1, "a"))),
            Assert.Throws<SchemaRegistryFailedException>(() => SchemaRegistryTests.Bytes(registry.Avro<string>("orders"), "a")),
        })
        {
            Assert.Contains($"The schema registry at {url} did not give the ", failure.Message, StringComparison.Ordinal);
            Assert.IsNotAssignableFrom<IPermanentFailure>(failure);
        }
    }

    [Theory]
    [InlineData(503, "busy", false)]
    [InlineData(200, "<html>a gateway</html>", false)]
    [InlineData(404, "<html>a gateway</html>", false)]
    [InlineData(401, """{"error_code":40101,"message":"Unauthorized"}""", true)]
    [InlineData(403, "<html>no</html>", true)]
    public void An_answer_that_is_none_fails_the_job_and_leaves_no_message_out(int status, string body, bool isPermanent)
    {
        using var server = new RegistryDouble { Instead = (status, body) };
        using var registry = new KafkaSchemaRegistry(Impatient(server.Url));
        var failure = Assert.ThrowsAny<SchemaRegistryFailedException>(() => registry.Json<Bought>("orders").Read(Framed));
        Assert.Contains(server.Url, failure.Message, StringComparison.Ordinal);
        Assert.Contains("schema '1'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(isPermanent, failure is IPermanentFailure);
    }

    [Fact]
    public void A_registry_that_answers_again_is_asked_again()
    {
        using var server = new RegistryDouble { Instead = (503, "busy") };
        server.Register("orders-value", """{"type":"string"}""");
        using var registry = new KafkaSchemaRegistry(Impatient(server.Url));
        var format = registry.Avro<string>("orders");
        Assert.Throws<SchemaRegistryFailedException>(() => format.Read([0, 0, 0, 0, 1, 2, (byte)'a']));
        Assert.Throws<SchemaRegistryFailedException>(() => SchemaRegistryTests.Bytes(format, "a"));
        server.Instead = null;
        Assert.Equal("a", format.Read([0, 0, 0, 0, 1, 2, (byte)'a']));
        Assert.Equal([0, 0, 0, 0, 1, 2, (byte)'a'], SchemaRegistryTests.Bytes(format, "a"));
    }

    [Fact]
    public void A_schema_that_is_refused_stops_the_job_with_the_subject()
    {
        using var server = new RegistryDouble { Instead = (409, """{"error_code":409,"message":"Schema is incompatible"}""") };
        using var registry = new KafkaSchemaRegistry(server.Url);
        var failure = Assert.ThrowsAny<SchemaRegistryFailedException>(
            () => SchemaRegistryTests.Bytes(registry.Json<Bought>("orders"), new Bought(1, "a")));
        Assert.Contains(
            $"at {server.Url} has refused the registration of a schema of 'orders-value': Schema is incompatible",
            failure.Message,
            StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(failure);
    }

    [Fact]
    public void A_schema_that_nobody_has_registered_stops_a_job_that_may_not()
    {
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(new Dictionary<string, string>
        {
            ["schema.registry.url"] = server.Url,
            ["json.serializer.auto.register.schemas"] = "false",
        });
        var failure = Assert.ThrowsAny<SchemaRegistryFailedException>(
            () => SchemaRegistryTests.Bytes(registry.Json<Bought>("orders"), new Bought(1, "a")));
        Assert.Contains("has refused the version of a schema of 'orders-value'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["POST /subjects/orders-value"], server.Requests);
    }

    private static Dictionary<string, string> Impatient(string url) => new()
    {
        ["schema.registry.url"] = url,
        ["schema.registry.max.retries"] = "1",
        ["schema.registry.retries.wait.ms"] = "1",
        ["schema.registry.retries.max.wait.ms"] = "1",
    };

    private static string Refused<T>(IRecordFormat<T> format, byte[] bytes) =>
        Assert.Throws<FormatException>(() => format.Read(bytes)).Message;
}
