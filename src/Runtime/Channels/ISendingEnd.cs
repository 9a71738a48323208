namespace Weir.Runtime.Channels;

/// <summary>What sends and may be full: a channel as its writer sees it, or all channels of an edge.</summary>
internal interface ISendingEnd
{
    /// <summary>Sets what to call, from any thread, when there is room again.</summary>
    Action? Wake { set; }

    /// <summary>Gets what waits for the receivers.</summary>
    ChannelLoad Load { get; }

    /// <summary>Sends what a full channel did not take before.</summary>
    /// <param name="isProgress">Set if anything was sent.</param>
    /// <returns>Whether nothing is left, so that the subtask may take in more.</returns>
    bool TryDrain(ref bool isProgress);
}
