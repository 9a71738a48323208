namespace Weir.Testing.Scheduling;

/// <summary>How a turn of a simulation has ended, for the thread that took it.</summary>
internal enum TurnEnd
{
    /// <summary>There are more.</summary>
    More,

    /// <summary>It was the last.</summary>
    Last,

    /// <summary>A call that stood still goes on, and so do the turns, on its thread: this one has nothing more to do.</summary>
    HandedOver,
}
