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

            heard.Add(text);
        }
    }
}
