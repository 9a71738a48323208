namespace Weir.Runtime.Time;

/// <summary>The trails of all clocks of an attempt. Any thread.</summary>
internal sealed class WatermarkTrails
{
    private readonly Lock _lock = new();
    private readonly List<WatermarkTrail> _trails = [];

    /// <summary>Begins the trail of a clock.</summary>
    public WatermarkTrail Begin()
    {
        var trail = new WatermarkTrail();
        lock (_lock)
        {
            _trails.Add(trail);
        }

        return trail;
    }

    /// <summary>What made a watermark; null if no clock remembers.</summary>
    public WatermarkMover? Find(long watermark)
    {
        lock (_lock)
        {
            foreach (var trail in _trails)
            {
                if (trail.Find(watermark) is { } mover)
                {
                    return mover;
                }
            }

            return null;
        }
    }
}
