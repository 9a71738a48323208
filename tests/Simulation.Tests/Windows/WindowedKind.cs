namespace Weir.Simulation.Tests.Windows;

/// <summary>The kinds of windows and processes that are simulated.</summary>
internal enum WindowedKind
{
    /// <summary>Windows that share records, their size no multiple of the slide.</summary>
    Sliding,

    /// <summary>Windows that grow by steps.</summary>
    Cumulative,

    /// <summary>Days of a place whose clocks are set.</summary>
    Calendar,

    /// <summary>Windows that merge.</summary>
    Sessions,

    /// <summary>Windows of so many records.</summary>
    Counted,

    /// <summary>Windows that fire early, are kept for longer, and take back what they said.</summary>
    Retracted,

    /// <summary>Sessions whose gap a record decides, that fire by count and are emptied.</summary>
    Purged,

    /// <summary>State and timers of a user's class.</summary>
    Processed,
}
