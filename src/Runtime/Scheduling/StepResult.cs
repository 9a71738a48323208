namespace Weir.Runtime.Scheduling;

/// <summary>What a step found to do.</summary>
public enum StepResult
{
    /// <summary>It did something: step again soon.</summary>
    Progress,

    /// <summary>Nothing to do until a mailbox, a channel, a pending piece of work or the clock changes.</summary>
    Idle,

    /// <summary>It will never do anything again.</summary>
    Done,
}
