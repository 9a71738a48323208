using System.Numerics;

namespace Weir.RocksDbState.Tables;

/// <summary>The order in which slots are looked at for entries to evict: blocks of some slots, neighbours half a round apart.</summary>
/// <remarks>
/// In the order of the slots themselves, those behind the hand would be empty and those before it twice as full as on average, which is
/// more than full: a key would be looked for along a run of a tenth of the table. In this order each few blocks are as full as all.
/// </remarks>
internal static class EvictionOrder
{
    // A block is read from memory at once, and what is too much for it goes into the next.
    private const int BlockBits = 3;

    /// <summary>The slot at a place of the order.</summary>
    /// <param name="place">The place.</param>
    /// <param name="slots">The number of slots, a power of two.</param>
    public static int SlotOf(int place, int slots)
    {
        var bits = BitOperations.Log2((uint)slots) - BlockBits;
        return bits <= 0 ? place : (int)(Reverse((uint)place >> BlockBits) >> (32 - bits) << BlockBits) | (place & ((1 << BlockBits) - 1));
    }

    private static uint Reverse(uint bits)
    {
        bits = ((bits >> 1) & 0x5555_5555) | ((bits & 0x5555_5555) << 1);
        bits = ((bits >> 2) & 0x3333_3333) | ((bits & 0x3333_3333) << 2);
        bits = ((bits >> 4) & 0x0F0F_0F0F) | ((bits & 0x0F0F_0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }
}
