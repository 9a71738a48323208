using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Weir.Hosting;
using Weir.KafkaLog.Health;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Health;

/// <summary>The health check of a host's Kafka connection.</summary>
public sealed class KafkaCheckTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ManualResetEventSlim _mayGoOn = new();
    private readonly SemaphoreSlim _taken = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_function_hangs_degrades_it_by_the_name_of_the_partition_until_it_goes_on()
    {
        var topic = Broker.Topic(1);
        Broker.Write(topic, 0, [1, 2, 3], "health");
        using var host = Build(Broker.Connection().Servers, weir => weir.AddJob("reads", job => job
            .From(Kafka.Read<long>(topic))
            .To(_ =>
            {
                _taken.Release();
                _mayGoOn.Wait();
            })));
        await host.StartAsync(Cancellation);
        await _taken.WaitAsync(Cancellation);
        Broker.Write(topic, 0, [4, 5, 6, 7], "health");

        // The client learns of the end of the partition by its next answer.
        while (await CheckAsync(host) is var report && Lag(report) < 4)
        {
            Assert.Equal(HealthStatus.Healthy, report.Status);
        }

        await LookAgainAsync(host);
        var degraded = await LookAgainAsync(host);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains($"{topic}[0] at Kafka", degraded.Description, StringComparison.Ordinal);
        Assert.Contains("a function or a sink hangs (weir-live)", degraded.Description, StringComparison.Ordinal);

        _mayGoOn.Set();
        while (Lag(await CheckAsync(host)) > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        Assert.Equal(HealthStatus.Healthy, (await LookAgainAsync(host)).Status);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Where_no_broker_answers_it_is_degraded_and_says_what_to_look_at()
    {
        using var host = Build("127.0.0.1:1", static _ => { });
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.StartsWith("No broker of Kafka 127.0.0.1:1 answers within 3 s", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_near_its_time_out_degrades_it_and_one_that_is_over_does_not()
    {
        var servers = Broker.Connection().Servers;
        using var host = Build(servers, static _ => { });
        var age = TimeSpan.FromSeconds(79);
        using (var watch = new TransactionWatch(
            new ArbiterContext("totals", new MemoryCheckpointStore(), _clock), TimeSpan.FromSeconds(100), servers, () => age))
        {
            host.Services.GetRequiredService<KafkaWatches>().Add(watch);
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
            age = TimeSpan.FromSeconds(81);
            var report = await CheckAsync(host);
            Assert.Equal(HealthStatus.Degraded, report.Status);
            Assert.StartsWith("The transaction of job 'totals' at Kafka", report.Description, StringComparison.Ordinal);
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    public void Dispose()
    {
        _mayGoOn.Set();
        _taken.Dispose();
        _mayGoOn.Dispose();
    }

    private static long Lag(HealthReportEntry report) => (long)report.Data["lag"];

    private static async Task<HealthReportEntry> CheckAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "weir-kafka-kafka", Cancellation);
        return Assert.Single(report.Entries).Value;
    }

    private async Task<HealthReportEntry> LookAgainAsync(IHost host)
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        return await CheckAsync(host);
    }

    private IHost Build(string servers, Action<WeirBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:kafka", servers)]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        configure(builder.AddWeir().AddKafka("kafka"));
        return builder.Build();
    }
}
