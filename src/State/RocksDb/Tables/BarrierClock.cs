using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>The clock of the tables of one state, which a barrier moves.</summary>
internal sealed class BarrierClock : EpochClock
{
    /// <summary>Gets or sets the highest mark of entries that were put aside and are in the store by now.</summary>
    public int Stored { get; set; } = Tags.Clean;

    /// <summary>A barrier has come.</summary>
    public void Tick() => Now += Barrier;
}
