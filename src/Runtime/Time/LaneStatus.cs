namespace Weir.Runtime.Time;

/// <summary>Whether a lane holds the watermark back.</summary>
public enum LaneStatus
{
    /// <summary>
    /// It is being read and may deliver records at any time: it is waited for, unless it is silent for longer than the user allows.
    /// </summary>
    Active,

    /// <summary>Nobody has begun to read it, though records are there: it is waited for, however long that takes.</summary>
    Awaited,

    /// <summary>It has been silent and is not waited for.</summary>
    Idle,

    /// <summary>It will deliver nothing more.</summary>
    Ended,
}
