using System.Collections.Concurrent;
using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Sources;

public sealed class LateWarningTests
{
    private static readonly DateTime Nine = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public async Task H15_records_dropped_after_one_of_a_day_ahead_are_counted_and_warned_of(bool interpreted, int parallelism)
    {
        var times = Enumerable.Range(0, 181).Select(minute => Nine.AddMinutes(minute)).ToList();
        times[30] = times[30].AddDays(1);
        var warnings = new ConcurrentQueue<JobEvent.Warning>();
        var job = new Job("minutes");
        job.From(new ListSource<DateTime>(times)).WithEventTime(time => time, TimeSpan.FromMinutes(5))
            .KeyBy(_ => 1).Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(g => g.Count()).Id("hourly").To(new ListSink<int>());
        var options = new JobOptions
        {
            BatchCapacity = 1,
            Interpreted = interpreted,
            Parallelism = parallelism,
            OnEvent = e => Keep(e, warnings),
        };
        var result = await job.RunAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal(150, result.Late);
        var text = Assert.Single(warnings).Message;
        Assert.Contains("'hourly'", text, StringComparison.Ordinal);
        Assert.Contains("dropped 150 late records", text, StringComparison.Ordinal);
        Assert.Contains("2026-03-03T09:24:59.999999Z", text, StringComparison.Ordinal);
        Assert.Contains(
            "moved there by a record of split '0' of 'From-1' with the event time 2026-03-03T09:30:00Z", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task H20_a_record_of_a_tenth_of_a_microsecond_before_is_late_unless_a_microsecond_of_disorder_is_allowed(
        int disorder, int late)
    {
        var ten = Nine.AddHours(1);
        DateTime[] times = [ten.AddTicks(-9), ten, ten.AddTicks(-1)];
        var job = new Job("ticks");
        job.From(new ListSource<DateTime>(times)).WithEventTime(time => time, TimeSpan.FromMicroseconds(disorder))
            .KeyBy(_ => 1).Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(g => g.Count()).To(new ListSink<int>());
        var result = await job.RunAsync(new JobOptions { BatchCapacity = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(late, result.Late);
    }

    private static void Keep(JobEvent @event, ConcurrentQueue<JobEvent.Warning> warnings)
    {
        if (@event is JobEvent.Warning warning)
        {
            warnings.Enqueue(warning);
        }
    }
}
