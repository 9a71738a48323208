using System.Diagnostics;
using System.Text.Json;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Samples;

/// <summary>The sample <c>samples/KafkaTotals</c>, as a user runs it, kills it and starts it again.</summary>
public sealed class KafkaTotalsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_and_started_again_it_writes_each_order_and_each_total_once()
    {
        var kafka = Broker.Connection();
        var checkpoints = Directory.CreateTempSubdirectory("weir-kafka-totals-");
        try
        {
            foreach (var lines in new[] { 4, 9, 3 })
            {
                using var sample = Start(kafka.Servers, checkpoints.FullName);
                var errors = sample.StandardError.ReadToEndAsync(Cancellation);
                for (var seen = 0; seen < lines;)
                {
                    var line = await sample.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
                    Assert.True(line is not null, $"It ended: {(line is null ? await errors : "")}");
                    seen += line!.Contains(" orders ", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal) ? 1 : 0;
                }

                sample.Kill();
                await sample.WaitForExitAsync(Cancellation);
            }

            var orders = await ReadAsync(kafka, "orders");
            var numbers = orders.Select(order => order.GetProperty("number").GetInt64()).Order().ToList();
            Assert.Equal(Enumerable.Range(0, numbers.Count).Select(number => (long)number), numbers);
            var sums = orders.ToLookup(order => (order.GetProperty("at").GetDateTime().Ticks / TimeSpan.TicksPerMinute, NameOf(order)));
            var totals = await ReadAsync(kafka, "totals");
            Assert.True(totals.Count >= 9, $"There are {totals.Count} totals.");
            Assert.Equal(
                totals.Select(total => (MinuteOf(total), NameOf(total))).Distinct().Count(),
                totals.Count);
            Assert.All(totals, total => Assert.Equal(
                sums[(MinuteOf(total), NameOf(total))].Sum(order => order.GetProperty("amount").GetDecimal()),
                total.GetProperty("amount").GetDecimal()));
        }
        finally
        {
            checkpoints.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Where_no_broker_answers_it_says_what_to_start()
    {
        using var sample = Start("127.0.0.1:1", "nowhere");
        var errors = await sample.StandardError.ReadToEndAsync(Cancellation);
        await sample.WaitForExitAsync(Cancellation);
        Assert.Equal(1, sample.ExitCode);
        Assert.Contains("No broker of Kafka answers at 127.0.0.1:1.", errors, StringComparison.Ordinal);
        Assert.Contains("docker compose -f samples/KafkaTotals/compose.yaml up -d", errors, StringComparison.Ordinal);
    }

    private static Process Start(string servers, string checkpoints) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "KafkaTotals.dll"),
            $"--ConnectionStrings:kafka={servers}",
            $"--Weir:Defaults:CheckpointDirectory={checkpoints}",
            "--Weir:Jobs:shop:MaxRecordsPerSecond=500",
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static long MinuteOf(JsonElement total) => total.GetProperty("minute").GetDateTime().Ticks / TimeSpan.TicksPerMinute;

    private static string? NameOf(JsonElement record) => record.GetProperty("customer").GetString();

    private static async Task<List<JsonElement>> ReadAsync(KafkaConnection kafka, string topic)
    {
        var sink = new ListSink<string>();
        var job = new Job($"verify-{topic}");
        job.From(Kafka.Read<string>(kafka, topic, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(sink);
        await job.RunAsync(new JobOptions(), Cancellation);
        return [.. sink.Records.Select(text => JsonDocument.Parse(text).RootElement)];
    }
}
