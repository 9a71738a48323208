using Weir.Runtime.Subtasks;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Running;

/// <summary>
/// What is known of a running job: counts of the attempts that have ended, the subtasks of the one that runs, and the events so far.
/// </summary>
internal sealed class JobMonitor : IAsyncDisposable
{
    // The highest time that DateTimeOffset can say, in microseconds since the Unix epoch.
    private static readonly long MaxMicroseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() * 1000;
    private static readonly long MinMicroseconds = DateTimeOffset.MinValue.ToUnixTimeMilliseconds() * 1000;

    private readonly Lock _lock = new();
    private readonly JobOptions _options;
    private readonly JobMetrics _metrics;
    private readonly long _start;
    private readonly TextWriter _unheard;
    private readonly EventDelivery? _delivery;
    private readonly Action<JobEvent>? _witness;
    private JobAttempt? _attempt;
    private CheckpointName? _restoredFrom;
    private CheckpointName? _lastCheckpoint;
    private Counts _ended;
    private bool _hasStarted;
    private int _checkpoints;
    private int _restarts;

    /// <summary>Begins to watch.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="options">Its options: its clock, and who wants its events.</param>
    /// <param name="unheard">Where warnings go if nobody wants events; standard error by default.</param>
    /// <param name="witness">Told of each event at once, by the thread on which it happened: the simulator, which owns all threads.</param>
    public JobMonitor(string job, JobOptions options, TextWriter? unheard = null, Action<JobEvent>? witness = null)
    {
        _witness = witness;
        _unheard = unheard ?? Console.Error;
        _options = options;
        _start = options.TimeProvider.GetTimestamp();
        _metrics = new JobMetrics(job, options.TimeProvider, Progress);
        _delivery = options.OnEvent is { } handler ? new EventDelivery(job, handler, options.TimeProvider, _unheard) : null;
    }

    /// <summary>Gets the time since the start.</summary>
    public TimeSpan Elapsed => _options.TimeProvider.GetElapsedTime(_start);

    /// <summary>Gets the newest checkpoint that is known; null if there is none.</summary>
    public CheckpointName? LastCheckpoint
    {
        get
        {
            lock (_lock)
            {
                return _lastCheckpoint;
            }
        }
    }

    /// <summary>Notes an event and passes it on, in order. Never waits for the user's handler, nor for anything that it does.</summary>
    public void On(JobEvent @event)
    {
        lock (_lock)
        {
            switch (@event)
            {
                case JobEvent.CheckpointCompleted completed:
                    _lastCheckpoint = completed.Checkpoint;
                    _checkpoints++;
                    break;
                case JobEvent.Restarting restarting:
                    _restarts = restarting.Restarts;
                    break;
            }

            _metrics.On(@event);
            _delivery?.Post(@event);
        }

        _witness?.Invoke(@event);
        if (_delivery is null && _witness is null && @event is JobEvent.Warning warning)
        {
            // What may concern the output must not pass in silence.
            _unheard.WriteLine(warning.Message);
        }
    }

    /// <summary>Takes its measurements off the meter, and lets the user's handler take what events there still are.</summary>
    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _delivery?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>An attempt begins.</summary>
    public void Begin(JobAttempt attempt)
    {
        lock (_lock)
        {
            _attempt = attempt;
            _lastCheckpoint = attempt.RestoredFrom ?? _lastCheckpoint;
            if (!_hasStarted)
            {
                _hasStarted = true;
                _restoredFrom = attempt.RestoredFrom;
            }
        }
    }

    /// <summary>The attempt has ended: its counts stay.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_attempt is not null)
            {
                _ended = _ended.With(_attempt.Subtasks);
                _attempt = null;
            }
        }
    }

    public JobResult Result()
    {
        lock (_lock)
        {
            return new JobResult(
                _ended.RecordsIn, _ended.RecordsOut, _ended.Late, _ended.Skipped, _checkpoints, _restoredFrom, _restarts, Elapsed);
        }
    }

    public JobProgress Progress()
    {
        lock (_lock)
        {
            var subtasks = _attempt?.Subtasks ?? [];
            var counts = _ended.With(subtasks);
            return new JobProgress(
                _attempt?.Number ?? 0,
                counts.RecordsIn,
                counts.RecordsOut,
                counts.Late,
                counts.Skipped,
                TimeOf(subtasks.Count == 0 ? long.MinValue : subtasks.Min(subtask => subtask.Counters.Watermark)),
                _lastCheckpoint,
                _checkpoints,
                _restoredFrom,
                _restarts,
                Elapsed,
                [.. subtasks.Select(subtask => Of(subtask.Name, subtask.Counters))]);
        }
    }

    private static SubtaskProgress Of(string name, SubtaskCounters counters) =>
        new(name, counters.RecordsIn, counters.RecordsOut, counters.Late, TimeOf(counters.Watermark));

    private static DateTimeOffset? TimeOf(long watermark) =>
        watermark <= MinMicroseconds || watermark >= MaxMicroseconds ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(watermark);

    private readonly record struct Counts(long RecordsIn, long RecordsOut, long Late, long Skipped)
    {
        public Counts With(IReadOnlyList<ISubtask> subtasks) => new(
            RecordsIn + subtasks.Sum(subtask => subtask.Counters.RecordsIn),
            RecordsOut + subtasks.Sum(subtask => subtask.Counters.RecordsOut),
            Late + subtasks.Sum(subtask => subtask.Counters.Late),
            Skipped + subtasks.Sum(subtask => subtask.Counters.Skipped));
    }
}
