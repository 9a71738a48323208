namespace Weir.Testing.Scheduling;

/// <summary>A call of a simulated process that stands still in its middle: a paused process, or a disk that does not answer.</summary>
/// <param name="until">The turn of the simulation from which it may go on.</param>
internal sealed class StandingCall(long until)
{
    /// <summary>Gets the turn of the simulation from which it may go on.</summary>
    public long Until => until;

    /// <summary>Gets or sets the loop of turns that its thread takes when the turn that it belongs to has ended.</summary>
    internal Baton.Holder? Loop { get; set; }

    /// <summary>Gets what its thread waits for.</summary>
    internal Turnstile GoesOn { get; } = new();
}
