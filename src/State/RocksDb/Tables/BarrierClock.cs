using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>The clock of the tables of one state, which a barrier moves.</summary>
internal sealed class BarrierClock : EpochClock
{
    /// <summary>A barrier has come.</summary>
    public void Tick() => Now += Barrier;
}
