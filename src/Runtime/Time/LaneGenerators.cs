using Weir.Runtime.State;

namespace Weir.Runtime.Time;

/// <summary>Runs a generator of watermarks: one state a lane.</summary>
internal sealed class LaneGenerators<T, TState> : LaneMarks<T>, ILaneGenerators
{
    private readonly WatermarkGenerator<T, TState> _generator;
    private readonly LaneMarkCodec<TState> _codec;
    private readonly Dictionary<string, LaneMark<TState>> _restored = [];
    private Lane[] _lanes = [];
    private int _current;

    public LaneGenerators(WatermarkGenerator<T, TState> generator)
    {
        _generator = generator;
        _codec = new LaneMarkCodec<TState>(generator.StateCodec);
    }

    public SchemaMember Schema => new(LaneMarkCodec<TState>.Name, _codec.Schema);

    public long Begin(int lane, string name)
    {
        if (_lanes.Length <= lane)
        {
            Array.Resize(ref _lanes, Math.Max(lane + 1, 2 * _lanes.Length));
        }

        _lanes[lane] = _restored.TryGetValue(name, out var mark)
            ? new Lane { State = mark.State, Promised = mark.Promised, HasSpoken = true }
            : new Lane { State = _generator.Create(), Promised = long.MinValue };
        return _lanes[lane].Promised;
    }

    public override void Begin(int lane) => _current = lane;

    public override void OnRecord(in T value, long time)
    {
        ref var lane = ref _lanes[_current];
        lane.HasSpoken = true;
        if (_generator.OnRecord(value, time, ref lane.State) is { } watermark && watermark > lane.Promised)
        {
            lane.Promised = watermark;
            lane.MovedBy = time;
        }
    }

    public long PromisedBy(int lane) => _lanes[lane].Promised;

    public long? MovedBy(int lane) => _lanes[lane].MovedBy;

    public void OnPeriodic(int lane, long now)
    {
        ref var looked = ref _lanes[lane];
        looked.HasSpoken = true;
        if (_generator.OnPeriodic(now, ref looked.State) is { } watermark && watermark > looked.Promised)
        {
            looked.Promised = watermark;
            looked.MovedBy = null;
        }
    }

    public void Write(OperatorStateWriter writer, int lane, string name)
    {
        ref var written = ref _lanes[lane];
        if (written.HasSpoken)
        {
            writer.AddShared(_codec, new LaneMark<TState>(name, written.Promised, written.State));
        }
    }

    public void Restore(OperatorState state)
    {
        var codec = state.Forms.Reading(LaneMarkCodec<TState>.Name, _codec);
        foreach (var item in state.Shared)
        {
            var mark = codec.Decode(item);
            _restored[mark.Lane] = mark;
        }
    }

    private struct Lane
    {
        public TState State;
        public long Promised;
        public long? MovedBy;
        public bool HasSpoken;
    }
}
