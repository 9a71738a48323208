namespace Weir.Simulation.Tests.Broken;

/// <summary>Mistakes that unaligned checkpoints could have.</summary>
public enum BarrierBreakage
{
    /// <summary>What was in flight is not taken in after a restore.</summary>
    DropsInFlight,

    /// <summary>What was in flight is taken in twice.</summary>
    ReplaysTwice,

    /// <summary>What was in flight is taken in last things first.</summary>
    ReplaysBackwards,

    /// <summary>What was in flight in one channel is taken in as another's.</summary>
    MixesChannelsUp,

    /// <summary>What senders had kept is not taken in.</summary>
    ForgetsWhatSendersKept,
}
