namespace Weir.Runtime.Channels;

/// <summary>The sending end of an edge, as its subtask sees it.</summary>
internal interface IOutput
{
    /// <summary>Sets what to call, from any thread, when there is room again.</summary>
    Action? Wake { set; }

    /// <summary>Gets what waits for the receivers.</summary>
    ChannelLoad Load { get; }

    /// <summary>Sends what a full channel did not take before.</summary>
    /// <param name="isProgress">Set if anything was sent.</param>
    /// <returns>Whether nothing is left, so that the subtask may take in more.</returns>
    bool TryDrain(ref bool isProgress);

    /// <summary>Sends a barrier to every receiver, behind everything gathered so far.</summary>
    void OnBarrier(Barrier barrier);

    /// <summary>Tells every receiver that nothing follows.</summary>
    void OnEnd();
}
