#nullable disable
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weir.Bench.Baselines;

/// 24 bytes, blittable.
public struct Event { public long Key; public long Timestamp; public double Value; }

/// order-independent digest of the emitted results; every peer must produce the same (Results, Count, Digest).
public struct Check
{
    public long Results, Count; public ulong Digest; public double Sum;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long key, long winEnd, long count, double sum)
    {
        Results++; Count += count; Sum += sum;
        Digest += Gen.Mix((ulong)key ^ Gen.Mix((ulong)winEnd * 31 + (ulong)count));
    }
    public override string ToString() => $"results={Results} count={Count} digest={Digest:x16} sum={Sum.ToString("F1", CultureInfo.InvariantCulture)}";
}

public static class Gen
{
    public const long Base = 1_000_000_000L; // 1000 s, aligned to every window size used
    public const int Disorder = 100;         // us, max out-of-orderness
    public const long Sec = 1_000_000L;      // us
    public const int Batch = 1024;           // source batch; one watermark per batch

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
    static ulong s;
    static ulong Next() { s ^= s << 13; s ^= s >> 7; s ^= s << 17; return s; }

    /// i-th event: ts = Base + 100 + i - jitter, jitter uniform [0,100) us; key = Mix(uniform[0,keys)); value uniform [0,1)
    public static Event[] Events(int n, int keys, bool sessions = false)
    {
        s = 88172645463325252UL;
        var a = GC.AllocateUninitializedArray<Event>(n);
        for (int i = 0; i < n; i++)
        {
            ulong r = Next();
            long k;
            if (!sessions) k = (long)((r >> 32) * (ulong)keys >> 32);
            else
            {   // key k is active in second sec iff (sec + k) % 5 < 2 : sessions of 2 s, idle 3 s
                int sec = i / 1_000_000;
                int u = (int)((r >> 32) * (ulong)(keys / 5 * 2) >> 32);   // 0 .. 0.4*keys
                int grp = u & 1; int q = u >> 1;                          // q in 0..keys/5
                int residue = ((grp - sec) % 5 + 5) % 5;                  // (sec + k) % 5 == grp
                k = q * 5L + residue;
            }
            ulong r2 = Next();
            a[i].Key = (long)Mix((ulong)k);
            a[i].Timestamp = Base + 100 + i - (long)((r2 >> 40) % Disorder);
            a[i].Value = (r2 >> 11) * (1.0 / (1UL << 53));
        }
        return a;
    }
}
