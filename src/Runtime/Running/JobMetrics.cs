using System.Diagnostics.Metrics;

namespace Weir.Runtime.Running;

/// <summary>A running job as meter <c>Weir</c> and activity source <c>Weir</c> show it; its meter carries the job's name.</summary>
internal sealed class JobMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly CheckpointActivities _activities;
    private readonly TimeProvider _time;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _restarts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _size;
    private readonly Lock _lock = new();
    private long? _completedAt;

    public JobMetrics(
        string job,
        JobOptions options,
        Func<JobProgress> progress,
        Func<IReadOnlyDictionary<string, SubtaskTime>> times,
        Func<IReadOnlyDictionary<string, OperatorFigures>> operators)
    {
        _activities = new CheckpointActivities(job, options.TimeProvider);
        _time = options.TimeProvider;
        var meter = new MeterOptions("Weir") { Tags = [new("weir.job", job)] };
        _meter = options.CreateMeter?.Invoke(meter) ?? new Meter(meter);
        _checkpoints = _meter.CreateCounter<long>("weir.checkpoints", "{checkpoint}", "Checkpoints completed");
        _failures = _meter.CreateCounter<long>("weir.checkpoint.failures", "{checkpoint}", "Checkpoints and savepoints given up");
        _restarts = _meter.CreateCounter<long>("weir.restarts", "{restart}", "Restarts after failures");
        _duration = _meter.CreateHistogram<double>(
            "weir.checkpoint.duration",
            "s",
            "From the trigger of a checkpoint to its existence, the phases of its slowest subtasks, and the commit");
        _size = _meter.CreateHistogram<long>("weir.checkpoint.size", "By", "State, manifest and records in flight of a checkpoint");
        _meter.CreateObservableGauge("weir.checkpoint.age", AgeOf, "s", "Since the newest checkpoint came to exist");
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
        new OperatorMetrics(_time, operators).AddTo(_meter);
    }

    /// <summary>Gets the meter, for instruments of sources.</summary>
    public Meter Meter => _meter;

    public void On(JobEvent @event)
    {
        switch (@event)
        {
            case JobEvent.CheckpointCompleted completed:
                _checkpoints.Add(1);
                lock (_lock)
                {
                    _completedAt = _time.GetTimestamp();
                }

                Measure(completed.Duration, completed.SizeBytes, completed.Details);
                _activities.Trace(completed.Checkpoint, completed.Duration, completed.SizeBytes, completed.Details);
                break;
            case JobEvent.SavepointCompleted { Details: { } savepoint }:
                Measure(savepoint.Duration, savepoint.StateBytes, savepoint);
                _activities.Trace(savepoint.Name, savepoint.Duration, savepoint.StateBytes, savepoint);
                break;
            case JobEvent.CheckpointFailed failed:
                _failures.Add(1, Kind(failed.Details));
                _activities.Trace(failed.Checkpoint, failed.Details?.Duration ?? default, failed.Details?.StateBytes ?? 0, failed.Details);
                break;
            case JobEvent.Restarting:
                _restarts.Add(1);
                break;
        }
    }

    /// <summary>All sinks have committed a checkpoint.</summary>
    public void OnCommitted(JobCheckpoint checkpoint)
    {
        if (checkpoint.Commit is { } time)
        {
            _duration.Record(time.TotalSeconds, new("phase", "commit"), Kind(checkpoint));
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Measure(TimeSpan total, long sizeBytes, JobCheckpoint? details)
    {
        var kind = Kind(details);
        _size.Record(sizeBytes + (details?.InFlightBytes ?? 0), kind);
        Record("total", total);
        if (details is { Phases: var phases })
        {
            Record("start_delay", phases.StartDelay);
            Record("alignment", phases.Alignment);
            Record("sync", phases.Sync);
            Record("async", phases.Async);
        }

        void Record(string phase, TimeSpan time) => _duration.Record(time.TotalSeconds, new("phase", phase), kind);
    }

    private static KeyValuePair<string, object?> Kind(JobCheckpoint? details) => new("kind", CheckpointKinds.NameOf(details));

    private IEnumerable<Measurement<double>> AgeOf()
    {
        lock (_lock)
        {
            return _completedAt is { } at ? [new Measurement<double>(_time.GetElapsedTime(at).TotalSeconds)] : [];
        }
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
