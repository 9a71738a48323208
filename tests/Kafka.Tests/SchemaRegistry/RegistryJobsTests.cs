using Avro.Generic;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.SchemaRegistry;

/// <summary>Jobs whose topics have schemas.</summary>
public sealed class RegistryJobsTests
{
    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };

    [Fact]
    public async Task A_topic_in_JSON_becomes_one_in_Avro_and_what_has_no_schema_a_dead_letter()
    {
        var kafka = Broker.Connection();
        using var server = new RegistryDouble();
        using var registry = new KafkaSchemaRegistry(server.Url);
        var (orders, bills, dead) = (Broker.Topic(2), Broker.Topic(), Broker.Topic());
        await RunAsync("fill", job => job
            .From(Enumerable.Range(0, 1000).Select(i => new Bought(i, $"customer {i % 7}")).ToList())
            .To(Kafka.Write<Bought>(kafka, orders, m => m
                .Key(order => order.Customer, registry.AvroKey<string>(orders))
                .Value(order => order, registry.Json<Bought>(orders)))));
        Broker.Write(orders, 1, [5, -6]);

        await RunAsync("bill", job =>
        {
            var read = job.From(Kafka.Read<Bought>(kafka, orders, ToEnd, registry.Json<Bought>(orders)));
            read.Select(order => SchemaRegistryTests.Order(order.Id, order.Customer))
                .To(Kafka.Write<GenericRecord>(kafka, bills, m => m.Value(bill => bill, registry.Avro<GenericRecord>(bills))));
            read.Side(Kafka.Malformed).To(Kafka.DeadLetters(kafka, dead));
        });

        var ids = await ReadAsync(
            Kafka.Read<GenericRecord>(kafka, bills, ToEnd, registry.Avro<GenericRecord>(bills)), bill => (long)bill["id"]);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), ids.Order());
        Assert.Equal([-6, 5], (await ReadAsync(Kafka.Read<long>(kafka, dead, ToEnd), number => number)).Order());
        Assert.Equal(
            [$"{orders}-key", $"{orders}-value", $"{bills}-value"],
            server.Requests.Where(r => r.StartsWith("POST", StringComparison.Ordinal)).Select(r => r.Split('/')[2]).Order());
    }

    [Fact]
    public async Task A_job_goes_on_when_the_registry_comes_back_and_leaves_nothing_out()
    {
        var kafka = Broker.Connection();
        using var server = new RegistryDouble();
        var orders = Broker.Topic();
        using (var writing = new KafkaSchemaRegistry(server.Url))
        {
            await RunAsync("fill", job => job
                .From(Enumerable.Range(0, 10).Select(i => new Bought(i, "ann")).ToList())
                .To(Kafka.Write<Bought>(kafka, orders, m => m.Value(order => order, writing.Json<Bought>(orders)))));
        }

        server.Instead = (503, "busy");
        using var registry = new KafkaSchemaRegistry(new Dictionary<string, string>
        {
            ["schema.registry.url"] = server.Url,
            ["schema.registry.max.retries"] = "1",
            ["schema.registry.retries.wait.ms"] = "1",
        });
        var sink = new ListSink<int>();
        var job = new Job("reading");
        job.From(Kafka.Read<Bought>(
                kafka, orders, ToEnd with { OnMalformed = MalformedMessages.Skip }, registry.Json<Bought>(orders)))
            .Select(order => order.Id)
            .To(sink);
        var failures = new List<string>();
        var result = await job.RunAsync(
            new JobOptions
            {
                RestartStrategy = RestartStrategy.FixedDelay(5, TimeSpan.Zero),
                OnEvent = e =>
                {
                    if (e is JobEvent.Failed failed)
                    {
                        failures.Add(failed.Exception.Message);
                        server.Instead = null;
                    }
                },
            },
            TestContext.Current.CancellationToken);
        Assert.Contains("did not give the schema '1'", Assert.Single(failures), StringComparison.Ordinal);
        Assert.Equal(0, result.Skipped);
        Assert.Equal(Enumerable.Range(0, 10), sink.Records.Order());
    }

    private static async Task RunAsync(string name, Action<Job> define)
    {
        var job = new Job($"{name}-{Broker.Topic()}");
        define(job);
        await job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromMilliseconds(100) }, TestContext.Current.CancellationToken);
    }

    private static async Task<List<TOut>> ReadAsync<T, TOut>(ISource<T> source, Func<T, TOut> select)
    {
        var sink = new ListSink<TOut>();
        var job = new Job("reading");
        job.From(source).Select(select).To(sink);
        await job.RunAsync(new JobOptions { Interpreted = true }, TestContext.Current.CancellationToken);
        return [.. sink.Records];
    }
}
