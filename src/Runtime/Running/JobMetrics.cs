using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Weir.Runtime.Running;

/// <summary>A running job as meter <c>Weir</c> and activity source <c>Weir</c> show it; every measurement carries the job's name.</summary>
internal sealed class JobMetrics : IDisposable
{
    private static readonly ActivitySource Activities = new("Weir");

    private readonly Meter _meter;
    private readonly string _job;
    private readonly TimeProvider _time;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _failedCheckpoints;
    private readonly Counter<long> _restarts;
    private readonly Histogram<double> _duration;

    public JobMetrics(string job, JobOptions options, Func<JobProgress> progress, Func<IReadOnlyDictionary<string, SubtaskTime>> times)
    {
        _job = job;
        _time = options.TimeProvider;
        var meter = new MeterOptions("Weir") { Tags = [new("weir.job", job)] };
        _meter = options.CreateMeter?.Invoke(meter) ?? new Meter(meter);
        _checkpoints = _meter.CreateCounter<long>("weir.checkpoints", "{checkpoint}", "Checkpoints completed");
        _failedCheckpoints = _meter.CreateCounter<long>("weir.checkpoints.failed", "{checkpoint}", "Checkpoints given up");
        _restarts = _meter.CreateCounter<long>("weir.restarts", "{restart}", "Restarts after failures");
        _duration = _meter.CreateHistogram<double>("weir.checkpoint.duration", "s", "From the trigger of a checkpoint to its existence");
        _meter.CreateObservableCounter("weir.records.in", () => progress().RecordsIn, "{record}", "Records read from sources");
        _meter.CreateObservableCounter("weir.records.out", () => progress().RecordsOut, "{record}", "Records handed to sinks");
        _meter.CreateObservableCounter(
            "weir.records.late", () => progress().Late, "{record}", "Records dropped because their window had fired");
        _meter.CreateObservableCounter(
            "weir.records.skipped", () => progress().Skipped, "{record}", "Malformed records left out, and records that overflowed");
        _meter.CreateObservableCounter(
            "weir.subtask.time", () => TimesOf(times()), "s", "How the subtasks of a chain have spent their time");
        _meter.CreateObservableGauge(
            "weir.watermark.lag", () => LagOf(progress().Watermark), "s", "How far event time is behind the clock");
    }

    public void On(JobEvent @event)
    {
        switch (@event)
        {
            case JobEvent.CheckpointCompleted completed:
                _checkpoints.Add(1);
                _duration.Record(completed.Duration.TotalSeconds);
                Trace(completed);
                break;
            case JobEvent.CheckpointFailed:
                _failedCheckpoints.Add(1);
                break;
            case JobEvent.Restarting:
                _restarts.Add(1);
                break;
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Trace(JobEvent.CheckpointCompleted completed)
    {
        var end = _time.GetUtcNow();
        using var activity = Activities.StartActivity(
            "weir.checkpoint",
            ActivityKind.Internal,
            parentContext: default,
            tags: [new("weir.job", _job), new("weir.checkpoint", completed.Checkpoint.ToString()),
                new("weir.checkpoint.bytes", completed.SizeBytes)],
            startTime: end - completed.Duration);
        activity?.SetEndTime(end.UtcDateTime);
    }

    private static IEnumerable<Measurement<double>> TimesOf(IReadOnlyDictionary<string, SubtaskTime> times)
    {
        foreach (var (chain, time) in times)
        {
            yield return Of("busy", time.Busy);
            yield return Of("backpressured", time.Backpressured);
            yield return Of("idle", time.Idle);

            Measurement<double> Of(string state, TimeSpan spent) =>
                new(spent.TotalSeconds, new KeyValuePair<string, object?>("weir.chain", chain), new("state", state));
        }
    }

    private IEnumerable<Measurement<double>> LagOf(DateTimeOffset? watermark) =>
        watermark is { } time ? [new Measurement<double>((_time.GetUtcNow() - time).TotalSeconds)] : [];
}
