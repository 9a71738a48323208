#nullable disable
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Weir.Bench.Baselines;

public struct Slot { public long Key; public double Sum; public int Count; public int Epoch; }

/// open addressing, linear probing, fibonacci hash, epoch tags: clearing is O(1)
public sealed class WinTable
{
    public Slot[] Slots; public int mask, shift; int limit; public int Used, Epoch = 1; public long Win = long.MinValue;
    public WinTable(int cap) { Init(cap); }
    void Init(int cap) { Slots = new Slot[cap]; mask = cap - 1; shift = 64 - System.Numerics.BitOperations.Log2((uint)cap); limit = cap > 65536 ? cap / 2 : cap / 4; }
    public void Reset(long win) { Epoch++; Used = 0; Win = win; }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Home(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Slot Get(long key)
    {
        ref Slot b = ref MemoryMarshal.GetArrayDataReference(Slots);
        int i = Home(key);
        while (true)
        {
            ref Slot s = ref Unsafe.Add(ref b, i);
            if (s.Epoch != Epoch) return ref Insert(i, key);
            if (s.Key == key) return ref s;
            i = (i + 1) & mask;
        }
    }
    [MethodImpl(MethodImplOptions.NoInlining)]
    ref Slot Insert(int i, long key)
    {
        if (++Used > limit) { Grow(); i = FindFree(key); }
        ref Slot s = ref Slots[i]; s.Key = key; s.Epoch = Epoch; s.Count = 0; s.Sum = 0; return ref s;
    }
    int FindFree(long key) { int i = Home(key); while (Slots[i].Epoch == Epoch) i = (i + 1) & mask; return i; }
    void Grow()
    {
        var old = Slots; Init(old.Length * 2);
        for (int j = 0; j < old.Length; j++) if (old[j].Epoch == Epoch) Slots[FindFree(old[j].Key)] = old[j];
    }
    public void Emit(long winEnd, ref Check c)
    {
        var s = Slots; int e = Epoch;
        for (int i = 0; i < s.Length; i++) if (s[i].Epoch == e) c.Add(s[i].Key, winEnd, s[i].Count, s[i].Sum);
    }
    public unsafe void Prefetch(int home) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Slots), home)));
}

/// tumbling keyed count+sum, bounded disorder, emit at watermark. At most 4 windows open.
public sealed class HandTumbling
{
    readonly long w; readonly WinTable[] t; WinTable cur; long curStart = long.MinValue, maxTs, nextClose = long.MinValue;
    public Check C; readonly Action<WinTable, long> onClose;
    public HandTumbling(long w, int cap = 2048, Action<WinTable, long> onClose = null) { this.w = w; t = new WinTable[4]; for (int i = 0; i < 4; i++) t[i] = new WinTable(cap); cur = t[0]; this.onClose = onClose; }
    [MethodImpl(MethodImplOptions.NoInlining)]
    WinTable Locate(long ts)
    {
        long win = ts / w; var x = t[win & 3];
        if (x.Win != win) { x.Reset(win); if (nextClose == long.MinValue || win < nextClose) nextClose = win; }
        curStart = win * w; return cur = x;
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void One(long key, long ts, double v)
    {
        if (ts > maxTs) maxTs = ts;
        var tb = cur; if ((ulong)(ts - curStart) >= (ulong)w) tb = Locate(ts);
        ref Slot s = ref tb.Get(key); s.Count++; s.Sum += v;
    }
    public void Update(ReadOnlySpan<Event> b)
    {
        long mx = maxTs, cs = curStart, w = this.w; var tb = cur;
        ref Slot bs = ref MemoryMarshal.GetArrayDataReference(tb.Slots); int shift = tb.shift, ep = tb.Epoch;
        foreach (ref readonly var e in b)
        {
            long ts = e.Timestamp, key = e.Key; mx = Math.Max(mx, ts);
            if ((ulong)(ts - cs) >= (ulong)w) { tb = Locate(ts); cs = curStart; bs = ref MemoryMarshal.GetArrayDataReference(tb.Slots); shift = tb.shift; ep = tb.Epoch; }
            ref Slot s = ref Unsafe.Add(ref bs, (nint)((ulong)key * 0x9E3779B97F4A7C15UL >> shift));
            if (s.Key != key || s.Epoch != ep) { s = ref tb.Get(key); bs = ref MemoryMarshal.GetArrayDataReference(tb.Slots); shift = tb.shift; }
            s.Count++; s.Sum += e.Value;
        }
        maxTs = mx;
    }
    public void Process(ReadOnlySpan<Event> b) { Update(b); Watermark(maxTs - Gen.Disorder); }
    /// two passes over the batch: compute home slots and prefetch, then update (hides DRAM/L3 latency for large state)
    public void ProcessPrefetch(ReadOnlySpan<Event> b)
    {
        const int D = 32;
        for (int o = 0; o < b.Length; o += D)
        {
            var p = b.Slice(o, Math.Min(D, b.Length - o)); var tb = cur;
            foreach (ref readonly var e in p) tb.Prefetch(tb.Home(e.Key));
            Update(p);
        }
        Watermark(maxTs - Gen.Disorder);
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndBatch() => Watermark(maxTs - Gen.Disorder);
    public void Watermark(long wm)
    {
        while (nextClose != long.MinValue && wm >= nextClose * w + w - 1)
        {
            var x = t[nextClose & 3]; if (x.Win != nextClose) { nextClose = long.MinValue; break; }
            if (onClose != null) onClose(x, nextClose); else x.Emit(nextClose * w + w, ref C);
            x.Win = long.MinValue; x.Reset(long.MinValue); nextClose++;
            curStart = long.MinValue; // force re-locate
            if (t[nextClose & 3].Win != nextClose) { nextClose = long.MinValue; foreach (var y in t) if (y.Win != long.MinValue && (nextClose == long.MinValue || y.Win < nextClose)) nextClose = y.Win; }
        }
    }
}

public static class HandStateless
{
    /// reference: what a source generator would emit, one call per batch
    public static void Batch(ReadOnlySpan<Event> b, ref double sum, ref long n)
    {
        double s = sum; long c = n;
        foreach (ref readonly var e in b)
        {
            if (!(e.Value > 0.1)) continue;
            double v = e.Value * 1.1;
            if (!(v < 1.0)) continue;
            s += v; c++;
        }
        sum = s; n = c;
    }
}
