using System.Runtime.CompilerServices;

namespace Weir.RocksDbState.Tables;

/// <summary>What slots of a cache are marked with (<see cref="Runtime.State.Tables.StateSlot{TKey, TValue}.Epoch"/>).</summary>
/// <remarks>
/// <para>Kernels use a slot without asking if its mark is the table's epoch. So an entry that is given out is dirty until it is put aside
/// or written, and the epoch that it was given out in, an even number, says whether a barrier has come since.</para>
/// <para>The odd number behind an epoch marks an entry that was put aside for the barrier at the end of it and has not been touched since.
/// It is clean when what was put aside for that barrier is in the store.</para>
/// </remarks>
internal static class Tags
{
    /// <summary>The slot is free.</summary>
    public const int Free = 0;

    /// <summary>The store has the entry as it is.</summary>
    public const int Clean = 1;

    /// <summary>How far epochs are ahead of the clock, which begins with 1.</summary>
    public const int Ahead = 1;

    /// <summary>Whether an entry with this mark has changed since it was put aside or written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDirty(int mark) => mark != Free && (mark & 1) == 0;

    /// <summary>The mark of entries that are put aside for the barrier at the end of an epoch.</summary>
    public static int Aside(int epoch) => epoch + 1;
}
