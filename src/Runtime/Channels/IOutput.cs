namespace Weir.Runtime.Channels;

/// <summary>The sending end of an edge, as its subtask sees it.</summary>
internal interface IOutput : ISendingEnd
{
    /// <summary>Sends a barrier to every receiver, behind everything gathered so far.</summary>
    void OnBarrier(Barrier barrier);

    /// <summary>Tells every receiver that nothing follows.</summary>
    void OnEnd();
}
