#nullable disable

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Bench.Baselines;

/// sessions of one key each, fired by a timer wheel
public sealed class HandSession
{
    struct Sess { public long Key, Start, Last; public double Sum; public int Count; public byte Used, Timer; }
    Sess[] s; int mask, shift, used; readonly long gap, disorder; long maxTs, wheelPos = long.MinValue;
    readonly List<long>[] wheel = new List<long>[256]; const int BS = 14; // 16.384 ms buckets
    readonly Dictionary<long, List<Sess>> overflow = new(); public Check C;
    public HandSession(long gap, long disorder = Gen.Disorder) { this.gap = gap; this.disorder = disorder; Init(4096); for (int i = 0; i < 256; i++) wheel[i] = new(); }
    void Init(int cap) { s = new Sess[cap]; mask = cap - 1; shift = 64 - System.Numerics.BitOperations.Log2((uint)cap); }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ref Sess Get(long key)
    {
        ref Sess b = ref MemoryMarshal.GetArrayDataReference(s);
        int i = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift);
        while (true) { ref Sess x = ref Unsafe.Add(ref b, i); if (x.Key == key && x.Used != 0) return ref x; if (x.Used == 0) return ref Ins(i, key); i = (i + 1) & mask; }
    }
    [MethodImpl(MethodImplOptions.NoInlining)]
    ref Sess Ins(int i, long key)
    {
        if (++used > s.Length / 4) { var old = s; Init(old.Length * 2); foreach (var o in old) if (o.Used != 0) s[Free(o.Key)] = o; i = Free(key); }
        s[i] = default; s[i].Key = key; s[i].Used = 1; return ref s[i];
    }
    int Free(long key) { int i = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift); while (s[i].Used != 0) i = (i + 1) & mask; return i; }
    public void Process(ReadOnlySpan<Event> b)
    {
        foreach (ref readonly var e in b)
        {
            long ts = e.Timestamp; maxTs = Math.Max(maxTs, ts);
            ref Sess x = ref Get(e.Key);
            if (x.Count != 0 && ts <= x.Last + gap && ts >= x.Start - gap)
            { x.Count++; x.Sum += e.Value; if (ts > x.Last) x.Last = ts; else if (ts < x.Start) x.Start = ts; }
            else Slow(ref x, e);
        }
        Watermark(maxTs - disorder);
    }
    [MethodImpl(MethodImplOptions.NoInlining)]
    void Slow(ref Sess x, in Event e)
    {
        if (x.Count != 0)
        {   // an open session that this event does not touch: it moves to the overflow list and fires from there (rare)
            if (!overflow.TryGetValue(e.Key, out var l)) overflow[e.Key] = l = new(); l.Add(x);
        }
        x.Start = x.Last = e.Timestamp; x.Count = 1; x.Sum = e.Value;
        if (x.Timer == 0) { x.Timer = 1; Register(e.Key, x.Last + gap); }
    }
    void Register(long key, long at) => wheel[(at >> BS) & 255].Add(key);
    public void Watermark(long wm)
    {
        long pos = wm >> BS; if (wheelPos == long.MinValue) wheelPos = pos - 1;
        for (; wheelPos < pos - 1;)
        {
            wheelPos++; var l = wheel[wheelPos & 255]; if (l.Count == 0) continue;
            var span = CollectionsMarshal.AsSpan(l); int n = span.Length; 
            for (int i = 0; i < n; i++)
            {
                long key = l[i]; ref Sess x = ref Get(key);
                if (x.Last + gap <= wm) { C.Add(key, x.Last + gap, x.Count, x.Sum); x.Count = 0; x.Timer = 0; }
                else Register(key, x.Last + gap);
            }
            l.RemoveRange(0, n);
        }
        if (overflow.Count > 0) FireOverflow(wm);
    }
    void FireOverflow(long wm)
    {
        foreach (var kv in overflow.ToList())
        { kv.Value.RemoveAll(o => { if (o.Last + gap <= wm) { C.Add(o.Key, o.Last + gap, o.Count, o.Sum); return true; } return false; }); if (kv.Value.Count == 0) overflow.Remove(kv.Key); }
    }
    public void End() { foreach (ref var x in s.AsSpan()) if (x.Used != 0 && x.Count != 0) { C.Add(x.Key, x.Last + gap, x.Count, x.Sum); x.Count = 0; } FireOverflow(long.MaxValue); }
}

/// so many records a key, counted and summed where they stand
public sealed class HandCounts
{
    struct Slot { public long Key; public double Sum; public int Count; public byte Used; }
    Slot[] s; int mask, shift, used; readonly int n; public Check C;
    public HandCounts(int n) { this.n = n; Init(4096); }
    void Init(int cap) { s = new Slot[cap]; mask = cap - 1; shift = 64 - System.Numerics.BitOperations.Log2((uint)cap); }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ref Slot Get(long key)
    {
        ref Slot b = ref MemoryMarshal.GetArrayDataReference(s);
        int i = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift);
        while (true) { ref Slot x = ref Unsafe.Add(ref b, i); if (x.Key == key && x.Used != 0) return ref x; if (x.Used == 0) return ref Ins(i, key); i = (i + 1) & mask; }
    }
    [MethodImpl(MethodImplOptions.NoInlining)]
    ref Slot Ins(int i, long key)
    {
        if (++used > s.Length / 4) { var old = s; Init(old.Length * 2); foreach (var o in old) if (o.Used != 0) s[Free(o.Key)] = o; i = Free(key); }
        s[i] = default; s[i].Key = key; s[i].Used = 1; return ref s[i];
    }
    int Free(long key) { int i = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift); while (s[i].Used != 0) i = (i + 1) & mask; return i; }
    public void Process(ReadOnlySpan<Event> b)
    {
        foreach (ref readonly var e in b)
        {
            ref Slot x = ref Get(e.Key); x.Sum += e.Value;
            if (++x.Count == n) { C.Add(e.Key, 0, x.Count, x.Sum); x.Count = 0; x.Sum = 0; }
        }
    }
}
