using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Time;

/// <summary>
/// Makes the watermarks of <c>WithEventTime</c>: a lane at a time, once a batch or once an interval. The kernel reports the latest time it
/// assigned.
/// </summary>
/// <remarks>
/// What each lane has promised is state: a recovered job must call the same records late as the job that failed. It is stored by the lane's
/// name for every subtask to see, because splits may move.
/// </remarks>
public sealed class EventTimeClock : IStatefulOperator, IClockListener
{
    private readonly Lanes _lanes;
    private readonly Receiver _next;
    private readonly LaneWatermarks _watermarks;
    private readonly Disorder _disorder;
    private readonly ILaneGenerators? _generators;
    private readonly Dictionary<string, long> _restored = [];
    private readonly LaneSilence? _silence;
    private readonly ReadingClock _reading;
    private readonly ProcessingClock _clock;
    private readonly AlignedMember? _aligned;
    private readonly WatermarkTrail _trail;
    private readonly OperatorCounters _counters;
    private readonly WaitingCounters? _waiting;
    private readonly long? _interval;
    private long _nextProbe = long.MaxValue;
    private int _known;
    private bool _isIdle;

    /// <summary>Makes the clock of one <c>WithEventTime</c> in one subtask.</summary>
    /// <param name="parts">What it is put together from.</param>
    /// <param name="next">Who gets the watermarks.</param>
    internal EventTimeClock(ClockParts parts, Receiver next)
    {
        Id = parts.Id;
        _lanes = parts.Lanes;
        _next = next;
        _reading = parts.Reading;
        _clock = parts.Clock;
        _disorder = parts.Disorder;
        _generators = parts.Generators;
        _aligned = parts.Aligned;
        _trail = parts.Trail;
        _counters = parts.Counters;
        _interval = parts.Interval;
        if (parts.IdleAfter is { } silence)
        {
            _reading.IsUsed = true;
            _silence = new LaneSilence(_lanes, _reading, silence, WatermarksAtProbes);
            _counters.SetIdleSplits(0);
        }
        else
        {
            // Who says how long to wait needs no telling that somebody waits.
            _waiting = _counters.TellWaiting();
        }

        _watermarks = new LaneWatermarks(_lanes, _silence);
        _lanes.Replaced += Begin;
        _lanes.Changed += OnLanes;
        if (_aligned is not null)
        {
            _lanes.Resumed += lane => _silence?.OnSpoken(lane);
            _lanes.Limit(lane => _aligned.MayRead(_watermarks.PromisedBy(lane)));
        }

        if (_interval is { } interval)
        {
            _nextProbe = _clock.Now + interval;
        }

        BeginNew();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas =>
        [_generators?.Schema ?? new SchemaMember("latest", Codecs.Of<(string, long)>().Schema)];

    /// <inheritdoc/>
    public long NextDeadline => _silence is null || WatermarksAtProbes
        ? _nextProbe
        : Math.Min(_nextProbe, _reading.ProcessingTimeOf(_silence.NextCheck));

    // A generator says when, by what it answers; its periods are for it alone.
    private bool WatermarksAtProbes => _interval is not null && _generators is null;

    /// <inheritdoc/>
    public void OnClock(long now)
    {
        if (now >= _nextProbe)
        {
            _nextProbe = now + _interval!.Value;
            AskGenerators(now);
        }

        _silence?.Check();
        CountSilent();
        Advance(isOfLanes: false);
    }

    /// <summary>Notes the latest event time of a batch that has been passed on, and passes on the watermark if that advances it.</summary>
    /// <param name="lane">Where the batch came from.</param>
    /// <param name="latest">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if the batch had no record.</param>
    public void Observe(int lane, long latest)
    {
        var isNew = _watermarks.Promise(lane, _generators?.PromisedBy(lane) ?? _disorder.WatermarkOf(latest));
        if (latest != long.MinValue && _silence is not null)
        {
            var wasSilent = _silence.IsSilent(lane);
            isNew |= wasSilent;
            _silence.OnSpoken(lane);
            if (wasSilent)
            {
                CountSilent();
            }
        }

        if (latest != long.MinValue)
        {
            _waiting?.OnSpoken(lane == _watermarks.Holder);
        }

        if (!isNew)
        {
            return;
        }

        if (WatermarksAtProbes)
        {
            Report();
        }
        else
        {
            Advance(isOfLanes: false);
        }
    }

    /// <summary>What asks the generator about each record; null where event times alone make the watermarks.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The marks.</returns>
    public LaneMarks<T>? MarksOf<T>() => (LaneMarks<T>?)_generators;

    /// <summary>A watermark from upstream: event times are assigned anew here, so it counts only when it ends the stream.</summary>
    /// <param name="watermark">The watermark.</param>
    public void OnUpstream(Watermark watermark)
    {
        if (watermark == Watermark.EndOfTime)
        {
            _aligned?.Report(long.MaxValue);
            _waiting?.WaitFor(null, watermark.Time);

            // Of an idle input no watermark counts, and so not the last one either.
            Wake();
            _next.OnWatermark(watermark);
        }
    }

    /// <summary>
    /// The stream has become idle or active upstream. A clock knows that by its lanes, and says itself when all of them are.
    /// </summary>
    /// <param name="isIdle">Whether it is idle now.</param>
    public void OnUpstreamIdle(bool isIdle)
    {
        if (_lanes.FollowsStream)
        {
            _lanes.Set(0, isIdle ? LaneStatus.Idle : LaneStatus.Active);
        }
    }

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        var codec = Codecs.Of<(string, long)>();
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            if (_lanes.StatusOf(lane) == LaneStatus.Ended)
            {
                continue;
            }

            if (_generators is not null)
            {
                _generators.Write(writer, lane, _lanes.NameOf(lane));
            }
            else if (_disorder.LatestOf(_watermarks.PromisedBy(lane)) is var latest && latest != long.MinValue)
            {
                writer.AddShared(codec, (_lanes.NameOf(lane), latest));
            }
        }
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        _generators?.Restore(state);
        var codec = Codecs.Of<(string, long)>();
        foreach (var item in _generators is null ? state.Shared : [])
        {
            var (lane, latest) = codec.Decode(item);
            _restored[lane] = latest;
        }

        // The lane behind a window is there before.
        for (var lane = 0; lane < _known; lane++)
        {
            Begin(lane);
        }
    }

    private void BeginNew()
    {
        for (; _known < _lanes.Count; _known++)
        {
            Begin(_known);
        }
    }

    private void Begin(int lane)
    {
        _watermarks.Forget(lane);
        _silence?.OnBegun(lane);
        if (_generators is not null)
        {
            _watermarks.Promise(lane, _generators.Begin(lane, _lanes.NameOf(lane)));
        }
        else if (_restored.TryGetValue(_lanes.NameOf(lane), out var latest))
        {
            _watermarks.Promise(lane, _disorder.WatermarkOf(latest));
        }
    }

    private void AskGenerators(long now)
    {
        for (var lane = 0; _generators is not null && lane < _lanes.Count; lane++)
        {
            if (_lanes.StatusOf(lane) == LaneStatus.Active && !_lanes.IsPaused(lane))
            {
                _generators.OnPeriodic(lane, now);
                _watermarks.Promise(lane, _generators.PromisedBy(lane));
            }
        }
    }

    private void OnLanes()
    {
        Advance(isOfLanes: true);
        CountSilent();
    }

    private void CountSilent()
    {
        if (_silence is not null)
        {
            _counters.SetIdleSplits(_silence.Count);
        }
    }

    private void Advance(bool isOfLanes)
    {
        BeginNew();
        var isAdvanced = _watermarks.TryAdvance();
        _waiting?.WaitFor(_watermarks.Holder < 0 ? null : _lanes.LabelOf(_watermarks.Holder), _watermarks.Current.Time);

        // In this order: an idle input's watermark counts for nobody, so it wakes before it speaks and speaks before it sleeps. A silent
        // one that speaks again without a promise goes on sleeping: nobody has to wait for what is promised already.
        if (_isIdle && !_watermarks.IsIdle && (isAdvanced || isOfLanes))
        {
            Wake();
        }

        if (isAdvanced)
        {
            LeaveWord();
            _next.OnWatermark(_watermarks.Current);
        }

        if (!_isIdle && _watermarks.IsIdle)
        {
            _isIdle = true;
            _next.OnIdle(true);
        }

        Report();
    }

    private void Wake()
    {
        if (_isIdle)
        {
            _isIdle = false;
            _next.OnIdle(false);
        }
    }

    private void LeaveWord()
    {
        var (watermark, lane) = (_watermarks.Current.Time, _watermarks.From);
        var time = _generators is null ? _disorder.LatestOf(watermark) : _generators.MovedBy(lane);
        _trail.Add(new WatermarkMover(watermark, time, _lanes.LabelOf(lane)));
    }

    private void Report() => _aligned?.Report(_watermarks.LeastRead());
}
