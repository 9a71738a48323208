namespace Weir;

/// <summary>What a trigger has decided about a window (semantics B26).</summary>
public enum TriggerResult
{
    /// <summary>Nothing happens: what the window holds stays.</summary>
    Wait,

    /// <summary>The window puts out its result, and keeps what it holds.</summary>
    Fire,

    /// <summary>The window forgets what it holds, without a result. The trigger's state and timers stay.</summary>
    Purge,

    /// <summary>The window puts out its result and forgets what it holds. The trigger's state and timers stay.</summary>
    FireAndPurge,
}
