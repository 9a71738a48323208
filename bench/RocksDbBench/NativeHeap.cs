using System.Runtime.InteropServices;

namespace Weir.Bench.RocksDbState;

/// <summary>What the heap of the C library has taken of the system, and what of it is in use; zero where it cannot be told.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gets the bytes.</summary>
    public static (long Used, long Held) Bytes
    {
        get
        {
            try
            {
                var heap = MallInfo();
                return ((long)(heap.InUse + heap.Mapped), (long)(heap.Arena + heap.Mapped));
            }
            catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
            {
                return default;
            }
        }
    }

    /// <summary>Gives freed pages back to the system, where that can be asked for.</summary>
    public static void Trim()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            // It is another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keptBytes);

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial Heap MallInfo();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Heap
    {
        public readonly nuint Arena;
        public readonly nuint FreeChunks;
        public readonly nuint FastChunks;
        public readonly nuint MappedRegions;
        public readonly nuint Mapped;
        public readonly nuint MostUsed;
        public readonly nuint FastBytes;
        public readonly nuint InUse;
        public readonly nuint Free;
        public readonly nuint Top;
    }
}
