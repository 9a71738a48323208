using System.Text.Json;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Golden;

/// <summary>A <c>watermark_valve</c>: the watermarks and idleness of channels, as a gate combines them.</summary>
internal sealed class MarkValve(GoldenCase test) : IGoldenOperator
{
    private readonly WatermarkValve _valve = new(test.Operator.GetProperty("channels").GetInt32());

    public IEnumerable<string> Take(JsonElement step)
    {
        var wasIdle = _valve.IsIdle;
        var channel = step[1].GetInt32();
        var watermark = step.Name() == "wm"
            ? _valve.OnWatermark(channel, new Watermark(step.Long(2)))
            : _valve.OnIdle(channel, step.Name() == "idle");
        if (watermark is { } advanced)
        {
            yield return MarkScript.Text(advanced);
        }

        if (_valve.IsIdle != wasIdle)
        {
            yield return MarkScript.Text(_valve.IsIdle);
        }
    }

    // A gate is in no checkpoint: its channels begin anew.
    public void Restore()
    {
    }

    public string? Check(GoldenCase test, int step) => null;
}
