using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

/// <summary>What the meter of a job says of its checkpoints.</summary>
public sealed class JobMetricsTests
{
    private static readonly CheckpointName Name = new(1, new CheckpointId(7));

    [Fact]
    public async Task Checkpoints_are_measured_by_phase_and_kind_with_size_failures_and_age()
    {
        var clock = new FakeTimeProvider();
        var heard = new List<string>();
        using var listener = Listen("measured", heard);
        await using var monitor = new JobMonitor("measured", new JobOptions { TimeProvider = clock }, TextWriter.Null);
        listener.RecordObservableInstruments();
        Assert.DoesNotContain(heard, text => text.StartsWith("weir.checkpoint.age", StringComparison.Ordinal));

        var details = Told(CheckpointKind.Manual) with
        {
            Subtasks =
            [
                new SubtaskCheckpoint("a", new CheckpointPhases(Ms(1), Ms(20), Ms(3), Ms(40)), 10, 5),
                new SubtaskCheckpoint("b", new CheckpointPhases(Ms(10), Ms(2), Ms(30), Ms(4)), 20, 0),
            ],
        };
        monitor.On(new JobEvent.CheckpointCompleted(Name, 100, Ms(90), false) { Details = details });
        monitor.On(new JobEvent.CheckpointFailed(Name, "disk full") { Details = Told(CheckpointKind.Savepoint) });
        clock.Advance(TimeSpan.FromSeconds(3));
        listener.RecordObservableInstruments();
        Assert.Superset(
            new HashSet<string>
            {
                "weir.checkpoint.size 105 kind=manual",
                "weir.checkpoint.duration 0.09 phase=total kind=manual",
                "weir.checkpoint.duration 0.01 phase=start_delay kind=manual",
                "weir.checkpoint.duration 0.02 phase=alignment kind=manual",
                "weir.checkpoint.duration 0.03 phase=sync kind=manual",
                "weir.checkpoint.duration 0.04 phase=async kind=manual",
                "weir.checkpoint.failures 1 kind=savepoint",
                "weir.checkpoint.age 3",
            },
            heard.ToHashSet());
    }

    [Fact]
    public async Task A_running_job_measures_its_operators_and_tags_nothing_but_what_is_bounded()
    {
        var heard = new List<string>();
        using var listener = Listen("operators", heard);
        var sink = new MemorySink<int> { BeforeCommit = listener.RecordObservableInstruments };
        var job = new Job("operators");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 50)])).Where(n => n < 40).To(sink);
        await job.RunAsync(new JobOptions { Parallelism = 2 }, TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();
        Assert.Superset(
            new HashSet<string>
            {
                "weir.operator.records_in 50 weir.operator=Where-1",
                "weir.operator.records_out 40 weir.operator=Where-1",
                "weir.operator.records_in 40 weir.operator=To-1",
                "weir.operator.malformed_records 0 weir.operator=From-1",
                "weir.transaction.outcome 0 weir.operator=To-1 outcome=aborted",
                "weir.transaction.outcome 0 weir.operator=To-1 outcome=committed",
            },
            heard.ToHashSet());
        Assert.Contains(heard, text => text.StartsWith("weir.transaction.age 0", StringComparison.Ordinal));
        Assert.Single(heard, text => text.Contains("phase=commit kind=final", StringComparison.Ordinal));
        var tags = heard.SelectMany(text => text.Split(' ')[2..]).Select(tag => tag.Split('=')[0]).Distinct().Order();
        Assert.Equal(["kind", "outcome", "phase", "state", "weir.chain", "weir.operator"], tags);
    }

    [Fact]
    public async Task A_checkpoint_is_an_activity_with_one_for_each_subtask_and_one_that_failed_says_why()
    {
        var clock = new FakeTimeProvider();
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Weir",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var monitor = new JobMonitor("traced", new JobOptions { TimeProvider = clock }, TextWriter.Null);
        clock.Advance(TimeSpan.FromMinutes(1));
        var details = Told(CheckpointKind.Manual) with
        {
            Subtasks = [new SubtaskCheckpoint("a", new CheckpointPhases(Ms(1), Ms(20), Ms(3), Ms(40)), 10, 5)],
        };
        monitor.On(new JobEvent.CheckpointCompleted(Name, 100, Ms(90), false) { Details = details });
        var failed = details with { Duration = Ms(70), Failure = "disk full" };
        monitor.On(new JobEvent.CheckpointFailed(Name, "disk full") { Details = failed });

        // Jobs of other tests run in this process, too.
        List<Activity> own;
        lock (seen)
        {
            own = [.. seen.Where(activity => (activity.Parent ?? activity).GetTagItem("weir.job") as string == "traced")];
        }

        Assert.Equal(
            ["weir.checkpoint.subtask 63", "weir.checkpoint 90", "weir.checkpoint.subtask 63", "weir.checkpoint 70"],
            own.Select(activity => $"{activity.OperationName} {activity.Duration.TotalMilliseconds}"));
        Assert.Same(own[1], own[0].Parent);
        Assert.Equal(("a", 0.02), (own[0].GetTagItem("weir.subtask"), own[0].GetTagItem("weir.checkpoint.alignment")));
        Assert.Equal("manual", own[1].GetTagItem("weir.checkpoint.kind"));
        Assert.Equal((ActivityStatusCode.Error, "disk full"), (own[3].Status, own[3].StatusDescription));
    }

    private static JobCheckpoint Told(CheckpointKind kind) => new(Name, kind, false, DateTimeOffset.UnixEpoch);

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    private static MeterListener Listen(string job, List<string> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Tags?.Any(tag => tag.Value as string == job) == true)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
        return listener;

        void Hear(Instrument instrument, IFormattable value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = $"{instrument.Name} {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}";
            foreach (var tag in tags)
            {
                text += $" {tag.Key}={tag.Value}";
            }

            lock (heard)
            {
                heard.Add(text);
            }
        }
    }
}
