using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Fetches the slots of keys into the cache some records before they are needed: with a million keys nearly every record waits for memory
/// otherwise, one behind the other.
/// </summary>
public static class Lookahead
{
    /// <summary>How many records ahead a kernel looks: memory answers in the time that so many records take.</summary>
    public const int Records = 12;

    /// <summary>Asks for a slot. Never fails, and changes nothing but speed; processors without such a hint do nothing.</summary>
    /// <typeparam name="T">The slot.</typeparam>
    /// <param name="slot">The slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Fetch<T>(ref T slot)
    {
        if (Sse.IsSupported)
        {
            // Slots do not begin where lines of the cache do: both ends.
            Sse.Prefetch0(Unsafe.AsPointer(ref slot));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AddByteOffset(ref slot, (nint)Unsafe.SizeOf<T>() - 1)));
        }
    }
}
