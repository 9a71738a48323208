namespace Weir.Runtime.Running;

/// <summary>Where the wish comes from that a console program ends.</summary>
internal interface IStopSignals
{
    /// <summary>Listens until what it returns is disposed.</summary>
    /// <param name="onSignal">Called for each, by any thread: whether it is an interrupt (Ctrl-C), and no plain request to end.</param>
    IDisposable Listen(Action<bool> onSignal);
}
