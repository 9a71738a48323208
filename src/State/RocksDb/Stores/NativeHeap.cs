using System.Runtime.InteropServices;

namespace Weir.RocksDbState.Stores;

/// <summary>The heap of the C library, which RocksDB takes its memory from.</summary>
internal static partial class NativeHeap
{
    // Of glibc's malloc.h.
    private const int MapThreshold = -3;
    private const int MostArenas = -8;

    // What glibc begins with, and raises for good when the first large piece is freed.
    private const int LargeBytes = 128 << 10;

    /// <summary>Has what RocksDB frees go back to the system, or to whoever asks next, instead of leaving holes.</summary>
    /// <remarks>
    /// <para>A write buffer is made of large pieces. The C library keeps those that are freed once it has seen one of their size, and cuts
    /// them up. And it has threads take from heaps of their own: what one thread has freed, the next one does not get.</para>
    /// <para>It holds for the whole process, as it must. Where the C library is another one, nothing is changed.</para>
    /// </remarks>
    public static void LeaveNoHoles()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = MallOpt(MapThreshold, LargeBytes);
                _ = MallOpt(MostArenas, 1);
            }
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            // musl has no such setting.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}
