using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Hosting;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Settings;

/// <summary>Connections that a host reads from its configuration, and that jobs name.</summary>
public sealed class HostedConnectionTests
{
    [Fact]
    public void Layers_are_merged_key_by_key_and_the_later_wins()
    {
        using var host = Build(
            weir => weir.AddKafka("kafka", (_, kafka) => kafka.WithProducer("LingerMs", "9")),
            ("ConnectionStrings:kafka", "a:1"),
            ("Weir:Kafka:kafka:Client:SecurityProtocol", "SaslSsl"),
            ("Weir:Kafka:kafka:Client:sasl.username", "all"),
            ("Weir:Kafka:kafka:Consumer:SaslUsername", "reads"),
            ("Weir:Kafka:kafka:Producer:linger.ms", "7"),
            ("Weir:Kafka:kafka:Producer:BatchSize", "500"),
            ("Weir:Kafka:kafka:Topics:totals:compression.type", "Lz4"));
        var kafka = Find(host, "kafka");
        Assert.Equal("kafka", kafka.Name);
        Assert.Equal(
            ("a:1", "sasl_ssl", "reads"),
            (kafka.Servers, kafka.ForConsumer()["security.protocol"], kafka.ForConsumer()["sasl.username"]));
        var producer = kafka.ForProducer();
        Assert.Equal(
            ("all", "9", "500", "lz4"),
            (producer["sasl.username"], producer["linger.ms"], producer["batch.size"], producer.Topics["totals"]["compression.type"]));
    }

    [Fact]
    public void The_section_has_the_last_word_on_servers()
    {
        using var host = Build(
            weir => weir.AddKafka("kafka"), ("ConnectionStrings:kafka", "a:1"), ("Weir:Kafka:kafka:Client:BootstrapServers", "b:2"));
        Assert.Equal("b:2", Find(host, "kafka").Servers);
    }

    [Theory]
    [InlineData("Weir:Kafka:kafka:Consumer:enable.auto.commit", "true",
        "'Weir:Kafka:kafka:Consumer:enable.auto.commit' sets 'enable.auto.commit', which is Weir's to set")]
    [InlineData("Weir:Kafka:kafka:Client:TransactionalId", "x", "'Weir:Kafka:kafka:Client:TransactionalId' sets 'transactional.id'")]
    [InlineData("Weir:Kafka:kafka:Producer:TransactionTimeoutMs", "1000", "KafkaWriteOptions.TransactionTimeout sets it")]
    [InlineData("Weir:Kafka:kafka:Client:SecurtyProtocol", "Ssl",
        "'Weir:Kafka:kafka:Client:SecurtyProtocol' is no setting of Kafka's client. 'security.protocol' is one: did you mean that?")]
    [InlineData("Weir:Kafka:kafka:Consumr:fetch.min.bytes", "1",
        "'Weir:Kafka:kafka:Consumr' is no setting of Weir. Known here: Client, Consumer, Producer, Admin, Topics.")]
    [InlineData("Weir:Kafka:kafka:Topics:orders:client.id", "1",
        "'Weir:Kafka:kafka:Topics:orders:client.id' sets 'client.id', which is of")]
    [InlineData("Weir:Kafka:kafka:Client:security.protocol", "tls",
        "The Kafka client does not take 'security.protocol' of 'Weir:Kafka:kafka:Client:security.protocol'")]
    [InlineData("Weir:Kafka:kafka:Producer:linger.ms", "soon", "does not take 'linger.ms' of 'Weir:Kafka:kafka:Producer:linger.ms'")]
    [InlineData("ConnectionStrings:kafka", "", "The Kafka connection 'kafka' has no servers. Set 'ConnectionStrings:kafka'")]
    [InlineData("ConnectionStrings:kafka", "sasl.password=hunter2", "'ConnectionStrings:kafka' is a list of brokers")]
    public async Task A_wrong_setting_ends_the_start_and_is_told_with_its_path(string key, string value, string expected)
    {
        using var host = Build(weir => weir.AddKafka("kafka"), ("ConnectionStrings:kafka", "a:1"), (key, value));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once()
    {
        using var host = Build(
            weir => weir.AddKafka("kafka"),
            ("ConnectionStrings:kafka", "a:1"), ("Weir:Kafka:kafka:Client:x", "1"), ("Weir:Kafka:kafka:Consumer:isolation.level", "2"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, refused.Failures.Count());
    }

    [Fact]
    public async Task A_section_of_a_connection_that_was_not_added_is_warned_of_and_one_without_any_is_refused()
    {
        var logs = new List<string>();
        using (var host = Build(
            weir => weir.AddKafka("kafka").AddJob("none", job => job.From([1]).To(StandardOutput.Lines<int>(writer: TextWriter.Null))),
            logs,
            ("ConnectionStrings:kafka", "a:1"), ("Weir:Kafka:kafak:Client:client.id", "1"), ("Weir:Drain", "00:00:05")))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("'Weir:Kafka:kafak' configures what this host does not have. It has: kafka", logs);
        using var without = Build(_ => { }, ("Weir:Kafka:kafka:Client:client.id", "1"));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => without.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'Weir:Kafka' is no setting of Weir", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_connections_cannot_have_one_name() => Assert.Contains(
        "has a Kafka connection 'kafka' already",
        Assert.Throws<ArgumentException>(() => Build(weir => weir.AddKafka("kafka").AddKafka("kafka"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_call_without_a_name_has_the_first_connection_of_its_own_host_and_a_name_has_its_own()
    {
        using var one = Build(
            weir => weir.AddKafka("kafka").AddKafka("audit"), ("ConnectionStrings:kafka", "a:1"), ("ConnectionStrings:audit", "b:2"));
        using var other = Build(weir => weir.AddKafka("kafka"), ("ConnectionStrings:kafka", "c:3"));
        Assert.Equal("a:1", KafkaConnection.Default.In(one.Services, "x").Servers);
        Assert.Equal("b:2", KafkaConnection.Named("audit").In(one.Services, "x").Servers);
        Assert.Equal("c:3", KafkaConnection.Default.In(other.Services, "x").Servers);
        var named = KafkaConnection.Named("audit").WithConsumer("client.id", "here").In(one.Services, "x");
        Assert.Equal(("b:2", "here", null), (named.Servers, named.ForConsumer()["client.id"], named.ForProducer()["client.id"]));
        var refused = Assert.Throws<Runtime.PlanException>(() => KafkaConnection.Named("audit").In(other.Services, "The sink"));
        Assert.Equal(
            "The sink uses the Kafka connection 'audit', and its host has none of that name. Add it by "
                + "builder.AddWeir().AddKafka(\"audit\"), or "
                + "give the cluster in the call: new KafkaConnection(\"broker:9092\").",
            refused.Message);
    }

    [Fact]
    public void Dead_letters_go_to_the_cluster_of_the_host_too()
    {
        using var host = Build(weir => weir.AddKafka("kafka"), ("ConnectionStrings:kafka", "a:1"));
        var letters = Kafka.DeadLetters("orders.dead");
        ((INeedsServices)letters).FindIn(host.Services);
        Assert.Equal("topic 'orders.dead' of Kafka at a:1", letters.Description);
    }

    [Fact]
    public async Task A_job_of_a_host_goes_from_topic_to_topic_with_its_connection()
    {
        var servers = Broker.Connection().Servers;
        var (input, output) = (Broker.Topic(2, "in"), Broker.Topic(1, "out"));
        Broker.Write(input, 0, [1, 2]);
        Broker.Write(input, 1, [3]);
        using var host = Build(
            weir => weir.AddKafka("kafka").AddJob($"copy-{input}", job => job
                .From(Kafka.Read<long>(input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
                .To(Kafka.Write<long>(output))),
            ("ConnectionStrings:kafka", servers),
            ("Weir:StopHostWhenFinished", "true"),
            ($"Weir:Kafka:kafka:Topics:{output}:CompressionType", "Lz4"),
            ($"Weir:Jobs:copy-{input}:CheckpointInterval", "00:00:00.1"));
        await host.RunAsync(TestContext.Current.CancellationToken);
        var sink = new ListSink<long>();
        var job = new Job("look");
        job.From(Kafka.Read<long>(Broker.Connection(), output, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(sink);
        await job.RunAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], sink.Records.Order());
    }

    private static KafkaConnection Find(IHost host, string name) => host.Services.GetRequiredKeyedService<KafkaConnection>(name);

    private static IHost Build(Action<WeirBuilder> add, params (string Key, string Value)[] configuration) =>
        Build(add, [], configuration);

    private static IHost Build(Action<WeirBuilder> add, List<string> logs, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration
            .GroupBy(pair => pair.Key).Select(pairs => new KeyValuePair<string, string?>(pairs.Key, pairs.Last().Value)));
        builder.Logging.AddProvider(new ListLogs(logs));
        add(builder.AddWeir());
        return builder.Build();
    }
}
