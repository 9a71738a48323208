using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>Combines the watermarks and idleness of channels: the least of those that are active and aligned. Pure.</summary>
/// <remarks>
/// Flink's StatusWatermarkValve (semantics R10, E4–E12). A channel that wakes from idleness is not aligned, and holds nothing back, until
/// its watermark has caught up with what was already promised.
/// </remarks>
internal sealed class WatermarkValve
{
    private readonly (Watermark Watermark, bool IsIdle, bool IsAligned)[] _channels;
    private Watermark _output = Watermark.None;

    public WatermarkValve(int channels)
    {
        _channels = new (Watermark, bool, bool)[channels];
        Array.Fill(_channels, (Watermark.None, false, true));
    }

    /// <summary>Whether all channels are idle.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Gets or sets what it knows, for a checkpoint.</summary>
    public (Watermark Output, IReadOnlyList<(Watermark Watermark, bool IsIdle, bool IsAligned)> Channels) State
    {
        get => (_output, [.. _channels]);
        set
        {
            Invariant.Holds(value.Channels.Count == _channels.Length, "a valve was given the state of one with other channels");
            (_output, var channels) = value;
            for (var channel = 0; channel < _channels.Length; channel++)
            {
                _channels[channel] = channels[channel];
            }

            IsIdle = Array.TrueForAll(_channels, channel => channel.IsIdle);
        }
    }

    /// <summary>A watermark has come.</summary>
    /// <returns>The watermark to pass on, or null.</returns>
    public Watermark? OnWatermark(int channel, Watermark watermark)
    {
        ref var input = ref _channels[channel];
        if (input.IsIdle || watermark <= input.Watermark)
        {
            return null;
        }

        input.Watermark = watermark;
        input.IsAligned |= watermark >= _output;
        return Least();
    }

    /// <summary>A channel has become idle or active. <see cref="IsIdle"/> says afterwards whether the whole is.</summary>
    /// <returns>The watermark to pass on, before any change of idleness, or null.</returns>
    public Watermark? OnIdle(int channel, bool isIdle)
    {
        ref var input = ref _channels[channel];
        if (input.IsIdle == isIdle)
        {
            return null;
        }

        input.IsIdle = isIdle;
        input.IsAligned = !isIdle && input.Watermark >= _output;
        IsIdle = Array.TrueForAll(_channels, other => other.IsIdle);
        if (!isIdle)
        {
            return null;
        }

        // The last to fall idle lets go of all that the others had promised. Of several, only the one that held back can let go.
        return IsIdle ? Advance(_channels.Max(other => other.Watermark)) : input.Watermark == _output ? Least() : null;
    }

    private Watermark? Least()
    {
        var least = Watermark.EndOfTime;
        var isAny = false;
        foreach (var (watermark, _, isAligned) in _channels)
        {
            if (isAligned)
            {
                least = watermark < least ? watermark : least;
                isAny = true;
            }
        }

        return isAny ? Advance(least) : null;
    }

    private Watermark? Advance(Watermark watermark)
    {
        if (watermark <= _output)
        {
            return null;
        }

        _output = watermark;
        return watermark;
    }
}
