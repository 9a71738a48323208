using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>Makes the watermarks of <c>WithEventTime</c>: a lane at a time, once a batch. The kernel reports the latest time it assigned.</summary>
/// <remarks>
/// The latest time of each lane is state: a recovered job must call the same records late as the job that failed. It is
/// stored by the lane's name for every subtask to see, because splits may move.
/// </remarks>
public sealed class EventTimeClock : IStatefulOperator
{
    private readonly Lanes _lanes;
    private readonly Receiver _next;
    private readonly LaneWatermarks _watermarks;
    private readonly Dictionary<string, long> _restored = [];
    private int _known;

    /// <summary>Makes the clock of one <c>WithEventTime</c> in one subtask.</summary>
    /// <param name="id">The operator's id.</param>
    /// <param name="maxDisorder">How far out of order records of one lane may come, in microseconds.</param>
    /// <param name="lanes">The inputs of the subtask.</param>
    /// <param name="next">Who gets the watermarks.</param>
    public EventTimeClock(string id, long maxDisorder, Lanes lanes, Receiver next)
    {
        Id = id;
        _lanes = lanes;
        _next = next;
        _watermarks = new LaneWatermarks(lanes, maxDisorder);
        lanes.Changed += Advance;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas { get; } = [new("latest", Codecs.Of<(string, long)>().Schema)];

    /// <summary>Notes the latest event time of a batch that has been passed on, and passes on the watermark if that advances it.</summary>
    /// <param name="lane">Where the batch came from.</param>
    /// <param name="latest">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if the batch had no record.</param>
    public void Observe(int lane, long latest)
    {
        _watermarks.Observe(lane, latest);
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

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        var codec = Codecs.Of<(string, long)>();
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            if (_watermarks.LatestOf(lane) is var latest && latest != long.MinValue)
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

    private void Advance()
    {
        for (; _known < _lanes.Count; _known++)
        {
            if (_restored.TryGetValue(_lanes.NameOf(_known), out var latest))
            {
                _watermarks.Observe(_known, latest);
            }
        }

        if (_watermarks.TryAdvance())
        {
            _next.OnWatermark(_watermarks.Current);
        }
    }
}
