using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>
/// Combines the watermarks and idleness of the channels of several inputs: of each input by a <see cref="WatermarkValve"/>, then the least
/// of the inputs that are active. Pure.
/// </summary>
/// <remarks>
/// As Flink's operators with two inputs do (IndexedCombinedWatermarkStatus, semantics R10): what is promised never goes back, but an input
/// that wakes holds the others back at once, whatever it had promised. Of one input the valve alone decides.
/// </remarks>
internal sealed class InputWatermarks
{
    private readonly WatermarkValve[] _valves;
    private readonly (Watermark Watermark, bool IsIdle)[] _inputs;
    private readonly (int Input, int Channel)[] _channels;
    private Watermark _output = Watermark.None;

    /// <summary>Nothing is promised yet, and everybody is active.</summary>
    /// <param name="channels">The number of channels of each input; channels are numbered through.</param>
    public InputWatermarks(params IReadOnlyList<int> channels)
    {
        _valves = [.. channels.Select(count => new WatermarkValve(count))];
        _inputs = new (Watermark, bool)[channels.Count];
        Array.Fill(_inputs, (Watermark.None, false));
        _channels = [.. channels.SelectMany((count, input) => Enumerable.Range(0, count).Select(channel => (input, channel)))];
    }

    /// <summary>Gets what has been passed on.</summary>
    public Watermark Current => _valves.Length == 1 ? _valves[0].State.Output : _output;

    /// <summary>Appends what it knows to a checkpoint.</summary>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(_output.Time);
        writer.WriteArrayHeader(_valves.Length);
        for (var input = 0; input < _valves.Length; input++)
        {
            var (output, channels) = _valves[input].State;
            writer.WriteArrayHeader(3);
            writer.Write(output.Time);
            writer.Write(_inputs[input].Watermark.Time);
            writer.WriteArrayHeader(channels.Count);
            foreach (var (watermark, isIdle, isAligned) in channels)
            {
                writer.WriteArrayHeader(3);
                writer.Write(watermark.Time);
                writer.Write(isIdle);
                writer.Write(isAligned);
            }
        }
    }

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    public static InputWatermarks Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        var output = new Watermark(reader.ReadInt64());
        var valves = new (Watermark Output, Watermark Input, List<(Watermark, bool, bool)> Channels)[reader.ReadArrayHeader()];
        for (var input = 0; input < valves.Length; input++)
        {
            reader.ReadArrayOf(3);
            valves[input] = (new Watermark(reader.ReadInt64()), new Watermark(reader.ReadInt64()), []);
            for (var left = reader.ReadArrayHeader(); left > 0; left--)
            {
                reader.ReadArrayOf(3);
                valves[input].Channels.Add((new Watermark(reader.ReadInt64()), reader.ReadBoolean(), reader.ReadBoolean()));
            }
        }

        var read = new InputWatermarks([.. valves.Select(valve => valve.Channels.Count)]) { _output = output };
        for (var input = 0; input < valves.Length; input++)
        {
            read._valves[input].State = (valves[input].Output, valves[input].Channels);
            read._inputs[input] = (valves[input].Input, read._valves[input].IsIdle);
        }

        return read;
    }

    /// <summary>Gets a value indicating whether all inputs are idle.</summary>
    public bool IsIdle => Array.TrueForAll(_valves, valve => valve.IsIdle);

    /// <summary>A watermark has come.</summary>
    /// <returns>The watermark to pass on, or null.</returns>
    public Watermark? OnWatermark(int channel, Watermark watermark)
    {
        var (input, inner) = _channels[channel];
        return Combine(input, _valves[input].OnWatermark(inner, watermark));
    }

    /// <summary>A channel has become idle or active. <see cref="IsIdle"/> says afterwards whether the whole is.</summary>
    /// <returns>The watermark to pass on, before any change of idleness, or null.</returns>
    public Watermark? OnIdle(int channel, bool isIdle)
    {
        var (input, inner) = _channels[channel];
        return Combine(input, _valves[input].OnIdle(inner, isIdle));
    }

    private Watermark? Combine(int input, Watermark? advanced)
    {
        if (_valves.Length == 1)
        {
            return advanced;
        }

        _inputs[input] = (advanced ?? _inputs[input].Watermark, _valves[input].IsIdle);
        // Where all are idle, the last lets go of all that the others had promised.
        var active = _inputs.Where(other => !other.IsIdle).Select(other => other.Watermark).ToArray();
        var promised = active.Length > 0 ? active.Min() : _inputs.Max(other => other.Watermark);
        if (promised <= _output)
        {
            return null;
        }

        _output = promised;
        return promised;
    }
}
