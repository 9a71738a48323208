using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>
/// Makes the watermarks of <c>WithEventTime</c>: a lane at a time, once a batch. The kernel reports the latest time it assigned.
/// </summary>
/// <remarks>
/// The latest time of each lane is state: a recovered job must call the same records late as the job that failed. It is stored by the
/// lane's name for every subtask to see, because splits may move.
/// </remarks>
public sealed class EventTimeClock : IStatefulOperator, IClockListener
{
    private readonly Lanes _lanes;
    private readonly Receiver _next;
    private readonly LaneWatermarks _watermarks;
    private readonly Dictionary<string, long> _restored = [];
    private readonly LaneSilence? _silence;
    private readonly ReadingClock _reading;
    private int _known;
    private bool _isIdle;

    /// <summary>Makes the clock of one <c>WithEventTime</c> in one subtask.</summary>
    /// <param name="id">The operator's id.</param>
    /// <param name="maxDisorder">How far out of order records of one lane may come, in microseconds.</param>
    /// <param name="lanes">The inputs of the subtask.</param>
    /// <param name="next">Who gets the watermarks.</param>
    /// <param name="reading">The time in which the subtask could read.</param>
    /// <param name="idleAfter">The silence after which a lane is not waited for, in microseconds; null if it always is.</param>
    internal EventTimeClock(string id, long maxDisorder, Lanes lanes, Receiver next, ReadingClock reading, long? idleAfter)
    {
        Id = id;
        _lanes = lanes;
        _next = next;
        _reading = reading;
        if (idleAfter is { } silence)
        {
            reading.IsUsed = true;
            _silence = new LaneSilence(lanes, reading, silence);
        }

        _watermarks = new LaneWatermarks(lanes, maxDisorder, _silence);
        lanes.Replaced += Begin;
        lanes.Changed += Advance;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas { get; } = [new("latest", Codecs.Of<(string, long)>().Schema)];

    /// <inheritdoc/>
    public long NextDeadline => _silence is null ? long.MaxValue : _reading.ProcessingTimeOf(_silence.NextCheck);

    /// <inheritdoc/>
    public void OnClock(long now)
    {
        _silence!.Check();
        Advance();
    }

    /// <summary>Notes the latest event time of a batch that has been passed on, and passes on the watermark if that advances it.</summary>
    /// <param name="lane">Where the batch came from.</param>
    /// <param name="latest">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if the batch had no record.</param>
    public void Observe(int lane, long latest)
    {
        _watermarks.Observe(lane, latest);
        if (latest != long.MinValue)
        {
            _silence?.OnSpoken(lane);
        }

        Advance();
    }

    /// <summary>A watermark from upstream: event times are assigned anew here, so it counts only when it ends the stream.</summary>
    /// <param name="watermark">The watermark.</param>
    public void OnUpstream(Watermark watermark)
    {
        if (watermark == Watermark.EndOfTime)
        {
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
            if (_lanes.StatusOf(lane) != LaneStatus.Ended && _watermarks.LatestOf(lane) is var latest && latest != long.MinValue)
            {
                writer.AddShared(codec, (_lanes.NameOf(lane), latest));
            }
        }
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        var codec = Codecs.Of<(string, long)>();
        foreach (var item in state.Shared)
        {
            var (lane, latest) = codec.Decode(item);
            _restored[lane] = latest;
        }
    }

    private void Begin(int lane)
    {
        _watermarks.Forget(lane);
        _silence?.OnSpoken(lane);
        if (_restored.TryGetValue(_lanes.NameOf(lane), out var latest))
        {
            _watermarks.Observe(lane, latest);
        }
    }

    private void Advance()
    {
        for (; _known < _lanes.Count; _known++)
        {
            Begin(_known);
        }

        var isAdvanced = _watermarks.TryAdvance();

        // In this order: an idle input's watermark counts for nobody, so it wakes before it speaks and speaks before it sleeps.
        if (_isIdle && !_watermarks.IsIdle)
        {
            _isIdle = false;
            _next.OnIdle(false);
        }

        if (isAdvanced)
        {
            _next.OnWatermark(_watermarks.Current);
        }

        if (!_isIdle && _watermarks.IsIdle)
        {
            _isIdle = true;
            _next.OnIdle(true);
        }
    }
}
