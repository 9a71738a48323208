using System.Text;
using Confluent.Kafka.Admin;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Secured;

/// <summary>Who is let in, and what is said to those who are not.</summary>
/// <param name="broker">The broker.</param>
[Collection(nameof(SecuredBroker))]
public sealed class AccessTests(SecuredBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_with_the_rights_of_the_guide_and_no_others_goes_from_topic_to_topic_without_a_warning()
    {
        var (name, kafka) = broker.User();
        var (input, output) = (broker.Topic("in"), broker.Topic("out"));
        await broker.GrantJobAsync(name, input, output, "entitled");
        await FillAsync(input, 1, 2, 3);
        var warnings = new List<string>();
        await CopyAsync(kafka, input, output, "entitled", warnings);
        Assert.Equal([1, 2, 3], await ReadAsync(output));

        // That the settings of a topic must not be looked at is told, and that checkpoints are in memory.
        Assert.All(warnings, warning => Assert.Matches("right to DescribeConfigs|keeps its checkpoints in memory", warning));
        Assert.Contains(warnings, warning => warning.Contains($"user '{name}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_ends_the_job_and_names_the_user_and_not_the_password()
    {
        var (name, kafka) = broker.User();
        var failure = await Assert.ThrowsAsync<JobException>(
            () => CopyAsync(kafka.With("sasl.password", "wrong-one"), broker.Topic("in"), broker.Topic("out"), "wrong"));
        Assert.Contains("was refused: _AUTHENTICATION", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains($"The connection is that of user '{name}'", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", failure.ToString(), StringComparison.Ordinal);
        Assert.False(broker.HasTopic("weir.wrong.progress"));
    }

    [Fact]
    public async Task A_user_of_scram_is_let_in()
    {
        var topic = broker.Topic("in");
        await broker.GrantAsync("scram", ResourceType.Topic, topic, AclOperation.Read);
        await FillAsync(topic, 7);
        Assert.Equal([7], await ReadAsync(
            topic, broker.Sasl("SCRAM-SHA-256").With("sasl.username", "scram").With("sasl.password", SecuredBroker.Secret)));
    }

    [Fact]
    public async Task A_token_is_renewed_while_nothing_is_read_and_what_comes_then_is_read()
    {
        var topic = broker.Topic("in");
        await broker.GrantAsync("bearer", ResourceType.Topic, topic, AclOperation.Read);
        var given = 0;
        var renewed = new TaskCompletionSource();
        var kafka = broker.Sasl("OAUTHBEARER").WithToken(_ =>
        {
            // The clients of discovery and of reading ask, too; only the one that reads stays.
            if (Interlocked.Increment(ref given) == 6)
            {
                renewed.SetResult();
            }

            return Token("bearer", TimeSpan.FromSeconds(2));
        });
        var sink = new ListSink<long>();
        var job = new Job("renewed");
        var end = KafkaEnd.Offsets(new Dictionary<int, long> { [0] = 1 });
        job.From(Kafka.Read<long>(kafka, topic, new KafkaReadOptions { End = end })).To(sink);
        var run = job.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);
        await renewed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Empty(sink.Records);
        await FillAsync(topic, 5);
        await run;
        Assert.Equal([5], sink.Records);
    }

    [Fact]
    public async Task A_function_that_gives_no_token_ends_the_job_with_what_it_says()
    {
        var kafka = broker.Sasl("OAUTHBEARER").WithToken(_ => throw new InvalidOperationException("the issuer is asleep"));
        var failure = await Assert.ThrowsAsync<JobException>(() => ReadAsync(broker.Topic("in"), kafka));
        Assert.Contains("the issuer is asleep", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_with_the_authority_as_a_file_and_as_text_lets_in()
    {
        var topic = broker.Topic("in");
        await FillAsync(topic, 3);
        Assert.Equal([3], await ReadAsync(topic, broker.Tls.With("ssl.ca.location", broker.Authority)));
        var text = await File.ReadAllTextAsync(broker.Authority, Cancellation);
        Assert.Equal([3], await ReadAsync(topic, broker.Tls.With("ssl.ca.pem", text)));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_ends_the_job_with_that()
    {
        var topic = broker.Topic("in");
        var failure = await Assert.ThrowsAsync<JobException>(
            () => ReadAsync(topic, broker.Tls.With("ssl.ca.location", broker.OtherAuthority)));
        Assert.Contains("certificate", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("was refused: _SSL", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_of_a_certificate_has_the_rights_of_its_name()
    {
        var topic = broker.Topic("in");
        await FillAsync(topic, 4);
        var kafka = broker.Tls.With("ssl.ca.location", broker.Authority)
            .With("ssl.certificate.location", broker.ClientCertificate).With("ssl.key.location", broker.ClientCertificate);
        var failure = await Assert.ThrowsAsync<JobException>(() => ReadAsync(topic, kafka));
        Assert.Contains($"the owner of the certificate {broker.ClientCertificate}", failure.ToString(), StringComparison.Ordinal);
        await broker.GrantAsync("CN=totals", ResourceType.Topic, topic, AclOperation.Read);
        Assert.Equal([4], await ReadAsync(topic, kafka));
    }

    internal async Task FillAsync(string topic, params long[] numbers)
    {
        var job = new Job($"fill-{topic}");
        job.From(numbers).To(Kafka.WriteAtLeastOnce<long>(broker.Owner, topic));
        await job.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);
    }

    private async Task<IEnumerable<long>> ReadAsync(string topic, KafkaConnection? kafka = null)
    {
        var sink = new ListSink<long>();
        var job = new Job($"read-{topic}");
        job.From(Kafka.Read<long>(kafka ?? broker.Owner, topic, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(sink);
        await job.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);
        return sink.Records;
    }

    private static async Task CopyAsync(
        KafkaConnection kafka, string input, string output, string name, List<string>? warnings = null)
    {
        var job = new Job(name);
        job.From(Kafka.Read<long>(kafka, input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
            .To(Kafka.Write<long>(kafka, output));
        await job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromSeconds(5),
                OnEvent = e =>
                {
                    if (e is JobEvent.Warning warning)
                    {
                        warnings?.Add(warning.Message);
                    }
                },
            },
            Cancellation);
    }

    // Signed by nobody, as the broker of these tests takes it.
    private static KafkaToken Token(string subject, TimeSpan life)
    {
        var now = DateTimeOffset.UtcNow;
        static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        var claims = $$"""{"sub":"{{subject}}","iat":{{now.ToUnixTimeSeconds()}},"exp":{{(now + life).ToUnixTimeSeconds() + 1}}}""";
        return new KafkaToken($"{Part("""{"alg":"none"}""")}.{Part(claims)}.", now + life, subject);
    }
}
