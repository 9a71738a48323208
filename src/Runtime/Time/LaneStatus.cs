namespace Weir.Runtime.Time;

/// <summary>Whether a lane holds the watermark back.</summary>
public enum LaneStatus
{
    /// <summary>It may deliver records at any time, or has yet to begin.</summary>
    Active,

    /// <summary>It has been silent and is not waited for.</summary>
    Idle,

    /// <summary>It will deliver nothing more.</summary>
    Ended,
}
