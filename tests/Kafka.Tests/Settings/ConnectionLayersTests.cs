using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Tests.Settings;

/// <summary>The settings of a connection, given in code.</summary>
public sealed class ConnectionLayersTests
{
    [Fact]
    public void Each_client_has_the_settings_of_all_and_over_them_its_own()
    {
        var kafka = new KafkaConnection("b:1").With("ClientId", "all").WithConsumer("client.id", "reads").WithAdmin("ClientId", "asks");
        Assert.Equal(
            ("reads", "all", "asks"),
            (kafka.ForConsumer()["client.id"], kafka.ForProducer()["client.id"], kafka.ForAdmin()["client.id"]));
    }

    [Fact]
    public void A_setting_for_all_clients_does_not_reach_those_that_do_not_have_it()
    {
        var kafka = new KafkaConnection("b:1").With("fetch.min.bytes", "9").With("linger.ms", "7");
        Assert.Equal(("9", null), (kafka.ForConsumer()["fetch.min.bytes"], kafka.ForConsumer()["linger.ms"]));
        Assert.Equal((null, "7"), (kafka.ForProducer()["fetch.min.bytes"], kafka.ForProducer()["linger.ms"]));
        Assert.Equal(["bootstrap.servers"], kafka.ForAdmin().Names);
    }

    [Fact]
    public void A_setting_of_a_topic_is_of_the_client_that_reads_it_and_of_the_topic_that_is_written()
    {
        var kafka = new KafkaConnection("b:1")
            .WithConsumer("fetch.min.bytes", "1")
            .WithTopic("orders", "FetchMinBytes", "1000")
            .WithTopic("totals", "CompressionType", "Zstd");
        Assert.Equal("1000", kafka.ForConsumer("orders")["fetch.min.bytes"]);
        Assert.Equal("1", kafka.ForConsumer("others")["fetch.min.bytes"]);
        Assert.Equal("zstd", kafka.ForProducer().Topics["totals"]["compression.type"]);
        Assert.Empty(kafka.ForProducer().Topics["orders"].Names);
        Assert.Null(kafka.ForConsumer("totals")["compression.type"]);
    }

    [Fact]
    public void Topics_of_one_source_that_want_different_things_of_its_client_are_refused()
    {
        var kafka = new KafkaConnection("b:1").WithTopic("a", "fetch.min.bytes", "1").WithTopic("b", "fetch.min.bytes", "2");
        var refused = Assert.Throws<KafkaSettingException>(() => kafka.ForConsumer("a", "b"));
        Assert.StartsWith(
            "KafkaConnection.WithTopic(\"a\", \"fetch.min.bytes\", …) and KafkaConnection.WithTopic(\"b\", \"fetch.min.bytes\", …) differ",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enable.auto.commit", "true", "which is Weir's to set")]
    [InlineData("EnableIdempotence", "false", "which is Weir's to set")]
    [InlineData("Acks", "Leader", "sets 'acks' to '1', and Weir writes with 'all'")]
    [InlineData("securty.protocol", "ssl", "'security.protocol' is one: did you mean that?")]
    public void What_cannot_be_set_is_refused_where_it_is_said(string name, string value, string expected)
    {
        var refused = Assert.Throws<ArgumentException>(() => new KafkaConnection("b:1").With(name, value));
        Assert.StartsWith($"KafkaConnection.With(\"{name}\", …)", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_in_the_layer_of_others_is_refused()
    {
        var kafka = new KafkaConnection("b:1");
        IsRefused("Put it into Producer", () => kafka.WithConsumer("linger.ms", "1"));
        IsRefused("Put it into Consumer", () => kafka.WithProducer("check.crcs", "true"));
        IsRefused("Put it into Client", () => kafka.WithTopic("t", "client.id", "x"));
        IsRefused("Put it there", () => kafka.WithAdmin("linger.ms", "1"));

        static void IsRefused(string expected, Func<object> set) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(set).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_has_a_secret()
    {
        var kafka = new KafkaConnection("b:1").With("sasl.password", "hunter2").With("sasl.username", "me");
        Assert.DoesNotContain("hunter2", kafka.ToString(), StringComparison.Ordinal);
        Assert.Equal("no (hidden) here, me", kafka.ForProducer().Hide("no hunter2 here, me"));

        // The client refuses a key that is none, and may show what it read.
        var broken = new KafkaConnection("b:1").With("security.protocol", "ssl").With("ssl.key.pem", "-----BEGIN hunter2");
        var refused = Assert.Throws<KafkaSettingException>(
            () => new Cluster(broken.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_a_host_says_what_a_call_without_a_cluster_lacks()
    {
        var job = new Job("lonely");
        job.From(Kafka.Read<long>("orders")).To(StandardOutput.Lines<long>(writer: TextWriter.Null));
        var refused = await Assert.ThrowsAsync<Runtime.PlanException>(() => job.RunAsync());
        Assert.Equal(
            "topic 'orders' of Kafka at (connection of the host) names no Kafka cluster, and the job does not run in a host that could "
                + "have one. Add it by builder.AddWeir().AddKafka(\"kafka\"), whose servers are in ConnectionStrings:kafka; or give the "
                + "cluster in the call: new KafkaConnection(\"broker:9092\").",
            refused.Message);
    }
}
