using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>What the gate of one subtask is put together from.</summary>
/// <param name="Head">The id of the first stage behind it.</param>
/// <param name="Edges">What it merges.</param>
/// <param name="Lanes">Where each channel becomes a lane.</param>
/// <param name="Next">Who takes the records in.</param>
/// <param name="OnAborted">Called when a checkpoint under way has been given up for a reason that the coordinator may not know.</param>
internal sealed record GateParts<T>(
    string Head,
    IReadOnlyList<GateEdge<T>> Edges,
    Lanes Lanes,
    Receiver<T> Next,
    Action<CheckpointId, AbortReason> OnAborted)
{
    /// <summary>Gets a value indicating whether its inputs are told apart, each with a watermark of its own.</summary>
    public bool AreApart { get; init; }

    /// <summary>Gets a value indicating whether a channel that has delivered its barrier waits for the others.</summary>
    public bool Blocks { get; init; } = true;

    /// <summary>Gets a value indicating whether something was in flight in the checkpoint that the attempt begins with.</summary>
    public bool CatchesUp { get; init; }

    /// <summary>Gets the subtask's index.</summary>
    public int Index { get; init; }

    /// <summary>Gets the number of subtasks.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Gets the most records that a batch may hold.</summary>
    public int BatchCapacity { get; init; } = int.MaxValue;

    /// <summary>Gets the number of key groups.</summary>
    public int KeyGroupCount { get; init; } = 1;

    /// <summary>Gets the channels of all edges.</summary>
    public IReadOnlyList<GateChannel> Channels => [.. Edges.SelectMany(edge => edge.Channels.Select(
        (channel, i) => new GateChannel(edge.Name, edge.FirstSender + i, edge.IsForward, channel.Name)))];
}

/// <summary>One input of a gate.</summary>
/// <param name="Name">The name of the edge, the same after a recovery.</param>
/// <param name="Channels">Its channels, one for each sender.</param>
internal sealed record GateEdge<T>(string Name, Channel<T>[] Channels)
{
    /// <summary>Gets the index of the sender of the first channel; the others follow.</summary>
    public int FirstSender { get; init; }

    /// <summary>Gets a value indicating whether each sender has one receiver, the one with its index.</summary>
    public bool IsForward { get; init; }

    /// <summary>Gets a value indicating whether its barriers never overtake.</summary>
    public bool IsInLine { get; init; }

    /// <summary>Gets a value indicating whether keys say who gets which record.</summary>
    public bool IsByKey { get; init; }

    /// <summary>Gets which subtask gets a record; null where no record says that.</summary>
    public Func<T, int>? OwnerOf { get; init; }
}
