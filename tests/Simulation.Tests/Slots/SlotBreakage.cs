namespace Weir.Simulation.Tests.Slots;

/// <summary>What a reader of a slot may do wrong.</summary>
internal enum SlotBreakage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It confirms what it has handed out, before a checkpoint has it.</summary>
    ConfirmsWhatItHandsOut,

    /// <summary>It confirms the transaction that it is in the middle of.</summary>
    ConfirmsBehindTheTransaction,

    /// <summary>It takes a transaction that comes again for a new one.</summary>
    ForgetsWhatWasDelivered,
}
