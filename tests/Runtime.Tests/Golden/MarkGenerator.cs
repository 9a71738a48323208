using System.Text.Json;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Golden;

/// <summary>A <c>watermark_generator</c>: what one lane promises, looked at when the script says so.</summary>
internal sealed class MarkGenerator : IGoldenOperator
{
    private readonly SetClock _clock = new();
    private readonly Lanes _lanes = new();
    private readonly Disorder _disorder;
    private readonly LaneSilence? _silence;
    private LaneWatermarks _watermarks;
    private bool _isIdle;

    public MarkGenerator(GoldenCase test)
    {
        var (bound, idleAfter) = MarkScript.StrategyOf(test);
        _disorder = new Disorder(bound ?? 0);
        _lanes.Add("lane");
        if (idleAfter is { } silence)
        {
            _silence = new LaneSilence(
                _lanes, new ReadingClock(new ProcessingClock(_clock)) { IsUsed = true }, silence, isLookedAt: true);
            _silence.OnBegun(0);
        }

        _watermarks = new LaneWatermarks(_lanes, _silence);
    }

    public IEnumerable<string> Take(JsonElement step)
    {
        switch (step.Name())
        {
            case "el":
                _watermarks.Promise(0, _disorder.WatermarkOf(step.Long(1)));
                _silence?.OnSpoken(0);
                _isIdle = false;
                return [];
            case "tick":
                _clock.Now += step.Long(1);
                return [];
            default:
                return Probe();
        }
    }

    // What a lane has promised is all that a checkpoint holds of it.
    public void Restore()
    {
        var promised = _watermarks.PromisedBy(0);
        _watermarks = new LaneWatermarks(_lanes, _silence);
        _watermarks.Promise(0, _disorder.WatermarkOf(_disorder.LatestOf(promised)));
    }

    public string? Check(GoldenCase test, int step) => null;

    // Flink's passes on what it has at each look; ours what is new, and what it has is what counts here.
    private IEnumerable<string> Probe()
    {
        _silence?.Check();
        _watermarks.TryAdvance();
        var wasIdle = _isIdle;
        _isIdle = _watermarks.IsIdle;
        return !_isIdle ? [MarkScript.Text(new Weir.Runtime.Streams.Watermark(_watermarks.PromisedBy(0)))] : wasIdle ? [] : [MarkScript.Text(true)];
    }
}
