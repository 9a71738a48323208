namespace Weir.Simulation.Tests.Broken;

/// <summary>Mistakes that a writer of a transactional sink could make.</summary>
public enum Breakage
{
    /// <summary>Shows records when they are pre-committed, before the checkpoint exists.</summary>
    CommitsAtPreCommit,

    /// <summary>Does not commit what a checkpoint says is pending: trusts that the dead process did.</summary>
    ForgetsPending,

    /// <summary>Leaves to the next start what no checkpoint knows of.</summary>
    DoesNotCleanUp,

    /// <summary>Drops the records of a transaction whose checkpoint was not heard of before the next barrier.</summary>
    AbortsUnheardOf,
}
