namespace Weir.Runtime.State.Tables;

/// <summary>Counts the barriers that the tables of one state have seen: one number for all of them, however many there are.</summary>
/// <remarks>
/// Between the barriers n and n + 1 it is 2n + 1, and a slot that is touched is marked with it. The even number 2n marks a slot that has
/// been put aside for the barrier n and has not been touched since: its value is in the snapshot of that barrier, or in one before.
/// </remarks>
internal class EpochClock
{
    /// <summary>How far the clock goes with a barrier.</summary>
    public const int Barrier = 2;

    /// <summary>Gets the clock of tables that are in no snapshot. Nobody moves it.</summary>
    public static EpochClock Still { get; } = new();

    /// <summary>Gets what slots are marked with that are touched now, in tables that have never been emptied.</summary>
    public int Now { get; protected set; } = 1;
}
