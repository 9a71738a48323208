namespace Weir.Hosting;

/// <summary>How a job ends when its host stops.</summary>
public enum ShutdownMode
{
    /// <summary>With a last checkpoint: everything is committed, and the next start goes on from there.</summary>
    Drain,

    /// <summary>
    /// With a last checkpoint, and a savepoint of it in a new directory below <see cref="JobSettings.SavepointDirectory"/>: what another
    /// version of the job, on another machine or with another backend, can begin with.
    /// </summary>
    Savepoint,
}
