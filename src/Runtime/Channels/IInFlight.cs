using Weir.Runtime.State;

namespace Weir.Runtime.Channels;

/// <summary>One end of an edge, as the snapshot of its subtask sees it: what is in flight there is part of the checkpoint.</summary>
internal interface IInFlight
{
    /// <summary>Gets the name that it has in the checkpoint.</summary>
    string Id { get; }

    /// <summary>Gets the wire form of the records.</summary>
    IReadOnlyList<SchemaMember> Schemas { get; }

    /// <summary>The subtask has cut the stream for a barrier that may overtake, and has sent it on.</summary>
    void Begin(Barrier barrier);

    /// <summary>Writes what is in flight, once all of it is known. Nothing if its checkpoint is over by now.</summary>
    /// <param name="barrier">The barrier.</param>
    /// <param name="now">The time, as <see cref="TimeProvider.GetTimestamp"/> says it.</param>
    /// <param name="writer">Where to.</param>
    /// <returns>Whether it has.</returns>
    bool TrySnapshot(Barrier barrier, long now, OperatorStateWriter writer);
}
