namespace Weir;

/// <summary>The time that windows are cut by.</summary>
public enum WindowTime
{
    /// <summary>When records happened.</summary>
    Event,

    /// <summary>When records are seen, by the job's clock.</summary>
    Processing,
}
