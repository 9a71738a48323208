namespace Weir;

/// <summary>What becomes of a record that is pushed at the job while the buffer in front of it is full.</summary>
public enum OnOverflow
{
    /// <summary>The thread that pushes waits until there is room. Nothing is lost; what pushes is slowed down.</summary>
    Block,

    /// <summary>The record is dropped and counted.</summary>
    DropNewest,

    /// <summary>The record that has waited longest is dropped and counted, and the new one takes its place.</summary>
    DropOldest,

    /// <summary>The job fails for good.</summary>
    Fail,
}
