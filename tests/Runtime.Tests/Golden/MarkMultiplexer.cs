using System.Text.Json;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Golden;

/// <summary>A <c>watermark_multiplexer</c>: lanes whose promises are combined at once, or when the script says so.</summary>
internal sealed class MarkMultiplexer : IGoldenOperator
{
    private readonly Lanes _lanes = new();
    private readonly Dictionary<string, int> _ids = [];
    private readonly LaneWatermarks _watermarks;

    public MarkMultiplexer() => _watermarks = new LaneWatermarks(_lanes);

    public IEnumerable<string> Take(JsonElement step)
    {
        switch (step.Name())
        {
            case "register":
                _ids[step[1].GetString()!] = _lanes.Add(step[1].GetString()!);
                return [];
            case "unregister":
                if (_ids.Remove(step[1].GetString()!, out var ended))
                {
                    _lanes.Set(ended, LaneStatus.Ended);
                }

                return [];
            case "wm":
                return Promise(_ids[step[1].GetString()!], step.Long(3), step[2].GetString() == "immediate");
            case "emit":
                return Combine();
            default:
                _lanes.Set(_ids[step[1].GetString()!], step.Name() == "idle" ? LaneStatus.Idle : LaneStatus.Active);
                return step[2].GetString() == "immediate" ? Combine() : [];
        }
    }

    public void Restore()
    {
    }

    public string? Check(GoldenCase test, int step) => null;

    private IEnumerable<string> Promise(int lane, long watermark, bool isImmediate)
    {
        _lanes.Set(lane, LaneStatus.Active);
        return _watermarks.Promise(lane, watermark) && isImmediate ? Combine() : [];
    }

    private IEnumerable<string> Combine()
    {
        if (_watermarks.TryAdvance())
        {
            yield return MarkScript.Text(_watermarks.Current);
        }

        if (_watermarks.IsIdle)
        {
            yield return MarkScript.Text(true);
        }
    }
}
