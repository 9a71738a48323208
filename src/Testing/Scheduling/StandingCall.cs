namespace Weir.Testing.Scheduling;

/// <summary>A call of a simulated process that stands still in its middle: a paused process, or a disk that does not answer.</summary>
/// <param name="until">The turn of the simulation from which it may go on.</param>
internal sealed class StandingCall(long until)
{
    /// <summary>Gets the turn of the simulation from which it may go on.</summary>
    public long Until => until;

    /// <summary>Gets what its thread waits for.</summary>
    internal SemaphoreSlim GoesOn { get; } = new(0);
}
