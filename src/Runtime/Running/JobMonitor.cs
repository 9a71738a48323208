using System.Globalization;
using Weir.Runtime.Checkpoints.Restore;
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
    private readonly string _job;
    private readonly JobOptions _options;
    private readonly JobMetrics _metrics;
    private readonly ChainTimes _times;
    private readonly OperatorTotals _operators = new();
    private readonly long _start;
    private readonly TextWriter _unheard;
    private readonly EventDelivery? _delivery;
    private readonly Action<JobEvent>? _witness;
    private JobAttempt? _attempt;
    private CheckpointName? _restoredFrom;
    private CheckpointName? _lastCheckpoint;
    private Counts _ended;
    private RestoreMeter? _restore;
    private JobState _state;
    private long? _lastCompleted;
    private long? _committingSince;
    private Exception? _failure;
    private (long At, TimeSpan Delay)? _retry;
    private bool _hasStarted;
    private int _checkpoints;
    private int _restarts;

    /// <summary>Begins to watch.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="options">Its options: its clock, and who wants its events.</param>
    /// <param name="unheard">Where warnings and failures go if nobody wants events; standard error by default.</param>
    /// <param name="witness">Told of each event at once, by the thread on which it happened: the simulator, which owns all threads.</param>
    public JobMonitor(string job, JobOptions options, TextWriter? unheard = null, Action<JobEvent>? witness = null)
    {
        _witness = witness;
        _unheard = unheard ?? Console.Error;
        (_job, _options) = (job, options);
        _start = options.TimeProvider.GetTimestamp();
        _times = new ChainTimes(options.TimeProvider);
        _metrics = new JobMetrics(job, options, Progress, Times, Operators);
        _delivery = options.OnEvent is { } handler ? new EventDelivery(job, handler, options.TimeProvider, _unheard) : null;
    }

    /// <summary>Gets the job's meter.</summary>
    public System.Diagnostics.Metrics.Meter Meter => _metrics.Meter;

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
                    _lastCompleted = _options.TimeProvider.GetTimestamp();
                    _committingSince ??= _lastCompleted;
                    _checkpoints++;
                    break;
                case JobEvent.Failed failed:
                    _state = failed.RetryIn is null ? JobState.Ended : JobState.Restarting;
                    _failure = failed.Exception;
                    _retry = failed.RetryIn is { } delay ? (_options.TimeProvider.GetTimestamp(), delay) : null;
                    break;
                case JobEvent.Restarting restarting:
                    (_restarts, _state) = (restarting.Restarts, JobState.Starting);
                    break;
            }

            _metrics.On(@event);
            _delivery?.Post(@event);
        }

        _witness?.Invoke(@event);
        if (_delivery is null && _witness is null && Unheard(@event) is { } text)
        {
            // What may concern the output must not pass in silence.
            _unheard.WriteLine(text);
        }
    }

    // A failure for good is not among them: whoever waits for the job is thrown it.
    private string? Unheard(JobEvent @event) => @event switch
    {
        JobEvent.Warning warning => warning.Message,
        JobEvent.Failed { RetryIn: { } delay } failed => string.Create(
            CultureInfo.InvariantCulture,
            $"Job '{_job}' failed and restarts in {delay.TotalSeconds:0.###} s. {failed.Exception.GetType().Name}: ")
                + failed.Exception.Message,
        JobEvent.CheckpointFailed failed => $"Checkpoint {failed.Checkpoint} of job '{_job}' was given up: {failed.Reason}",
        JobEvent.CheckpointUnusable unusable =>
            $"Checkpoint {unusable.Checkpoint} of job '{_job}' cannot be used, the one before is tried: {unusable.Reason}",
        _ => null,
    };

    /// <summary>All sinks have committed a checkpoint.</summary>
    public void OnCommitted(JobCheckpoint checkpoint)
    {
        lock (_lock)
        {
            _committingSince = null;
            _metrics.OnCommitted(checkpoint);
        }
    }

    /// <summary>Takes its measurements off the meter, and lets the user's handler take what events there still are.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _state = JobState.Ended;
        }

        _metrics.Dispose();
        return _delivery?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>An attempt gets ready.</summary>
    /// <param name="restore">How much of its checkpoint it has read.</param>
    public void Prepare(RestoreMeter restore)
    {
        lock (_lock)
        {
            _restore = restore;
        }
    }

    /// <summary>An attempt begins.</summary>
    public void Begin(JobAttempt attempt)
    {
        lock (_lock)
        {
            (_attempt, _restore, _state, _retry) = (attempt, null, JobState.Running, null);
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
                _times.Add(_attempt.Subtasks);
                _operators.Add(_attempt.Subtasks);
                _attempt = null;
            }

            (_restore, _committingSince) = (null, null);
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
                [.. subtasks.Select(subtask => Of(subtask.Name, subtask.Counters))])
            {
                State = _state,
                Restored = _restore?.Share,
                LastFailure = _failure,
                RestartIn = _state == JobState.Restarting && _retry is var (at, delay) ? Left(at, delay) : null,
                Committing = _committingSince is { } since ? _options.TimeProvider.GetElapsedTime(since) : null,
                CheckpointAge = _lastCompleted is { } completed ? _options.TimeProvider.GetElapsedTime(completed) : null,
            };
        }
    }

    private TimeSpan Left(long at, TimeSpan delay) =>
        delay - _options.TimeProvider.GetElapsedTime(at) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private IReadOnlyDictionary<string, SubtaskTime> Times()
    {
        lock (_lock)
        {
            return _times.With(_attempt?.Subtasks ?? []);
        }
    }

    private SortedDictionary<string, OperatorFigures> Operators()
    {
        lock (_lock)
        {
            return _operators.With(_attempt?.Subtasks ?? []);
        }
    }

    /// <summary>What the event times of operators wait for now.</summary>
    public IReadOnlyList<(string Id, Waiting Waiting)> Waiting()
    {
        lock (_lock)
        {
            return [.. (_attempt?.Subtasks ?? []).SelectMany(subtask => subtask.Counters.Operators)
                .Where(counters => counters.Waiting is not null)
                .GroupBy(counters => counters.Id, StringComparer.Ordinal)
                .Select(one => (one.Key, one.Select(counters => counters.Waiting!.Now).Aggregate((left, right) => left.With(right))))];
        }
    }

    private SubtaskProgress Of(string name, SubtaskCounters counters) =>
        new(name, counters.RecordsIn, counters.RecordsOut, counters.Late, TimeOf(counters.Watermark))
        {
            Time = counters.Times.Read(_options.TimeProvider),
            StepTime = counters.Times.Since is { } since ? _options.TimeProvider.GetElapsedTime(since) : null,
        };

    /// <summary>The time that a watermark says; null before the first, and at the end of time.</summary>
    public static DateTimeOffset? TimeOf(long watermark) =>
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
