using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Weir.Hosting.Tests;

/// <summary>What OpenTelemetry exports of a job that runs in a host.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task An_exporter_gets_the_instruments_of_each_job_with_its_name()
    {
        var exported = new List<Metric>();
        var first = new Counting();
        var second = new Counting();
        var builder = Hosts.Builder();
        builder.AddWeir().AddJob("first", first.Define).AddJob("second", second.Define);
        using var host = builder.Build();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Weir").AddInMemoryExporter(exported).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await first.Sees(1);
        await second.Sees(1);
        provider.ForceFlush();
        await host.StopAsync(TestContext.Current.CancellationToken);

        // Jobs of other tests run in this process, too.
        var own = exported.Where(metric => JobOf(metric) is "first" or "second").ToList();
        var records = own.Where(metric => metric.Name == "weir.records.in").ToList();
        Assert.Equal(["first", "second"], records.Select(JobOf).Order());
        Assert.All(records, metric => Assert.True(Sum(metric) > 0));
        var times = own.First(metric => metric.Name == "weir.subtask.time");
        var states = new List<string>();
        foreach (ref readonly var point in times.GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                if (tag.Key == "state")
                {
                    states.Add((string)tag.Value!);
                }
            }
        }

        Assert.Equal(["backpressured", "busy", "idle"], states.Order());
    }

    private static string? JobOf(Metric metric) => metric.MeterTags?.First(tag => tag.Key == "weir.job").Value as string;

    private static long Sum(Metric metric)
    {
        var sum = 0L;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            sum += point.GetSumLong();
        }

        return sum;
    }
}
