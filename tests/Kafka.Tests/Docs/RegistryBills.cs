namespace Weir.KafkaLog.Tests.Docs;

/// <summary>What the page on formats shows of schema registries.</summary>
internal static class RegistryBills
{
    public static KafkaSchemaRegistry Registry(string url, string password) => new(new Dictionary<string, string>
    {
        ["schema.registry.url"] = url,
        ["schema.registry.basic.auth.user.info"] = $"bills:{password}",
        ["json.serializer.auto.register.schemas"] = "false",
        ["json.serializer.use.latest.version"] = "true",
    });

    public static void Define(Job job, KafkaConnection kafka, KafkaSchemaRegistry registry)
    {
        var orders = job.From(Kafka.Read<Purchase>(kafka, "orders", format: registry.Json<Purchase>("orders")));
        orders.To(Kafka.Write<Purchase>(kafka, "bills", message => message
            .Key(purchase => purchase.Customer, registry.AvroKey<string>("bills"))
            .Value(purchase => purchase, registry.Json<Purchase>("bills"))));
    }
}

/// <summary>What somebody has bought.</summary>
public sealed record Purchase(string Customer, decimal Amount);
