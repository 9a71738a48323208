namespace Weir.Runtime.Channels;

/// <summary>The sending end of an edge, as its subtask sees it.</summary>
internal interface IOutput : ISendingEnd
{
    /// <summary>Sends a barrier to every receiver, behind everything gathered so far.</summary>
    void OnBarrier(Barrier barrier);

    /// <summary>Gets what barriers overtake on this side; null where they never do.</summary>
    IInFlight? InFlight { get; }

    /// <summary>A checkpoint has been given up: its barriers hold no others back.</summary>
    void OnForget(CheckpointId checkpoint);

    /// <summary>Tells every receiver that all that was made of what a checkpoint held in flight has been sent.</summary>
    void OnCaughtUp();

    /// <summary>Tells every receiver that nothing follows.</summary>
    void OnEnd();
}
