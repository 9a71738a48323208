#nullable disable

namespace Weir.Bench.Baselines;

/// sliding by slicing: tumbling slices of `slide`, per-key ring of slices, emit size/slide slices at each slide
public sealed class HandSliding
{
    sealed class Ring
    {
        public long Key; public readonly long[] Cnt; public readonly double[] Sum;
        public Ring(long k, int n) { Key = k; Cnt = new long[n]; Sum = new double[n]; }
    }
    readonly int n; readonly long slide; readonly HandTumbling core; readonly Dictionary<long, Ring> rings = new(); long last = long.MinValue;
    public Check C;
    public HandSliding(long size, long slide)
    {
        n = (int)(size / slide); this.slide = slide; core = new HandTumbling(slide, 2048, Close);
    }
    void Close(WinTable t, long slice)
    {
        if (last != long.MinValue) for (long s = last + 1; s < slice; s++) Fire(s, null);
        Fire(slice, t);
    }
    void Fire(long slice, WinTable t)
    {
        int p = (int)(slice % n);
        foreach (var r in rings.Values) { r.Cnt[p] = 0; r.Sum[p] = 0; }
        if (t != null) foreach (ref readonly var s in t.Slots.AsSpan()) if (s.Epoch == t.Epoch)
                {
                    if (!rings.TryGetValue(s.Key, out var r)) rings[s.Key] = r = new Ring(s.Key, n);
                    r.Cnt[p] = s.Count; r.Sum[p] = s.Sum;
                }
        last = slice;
        foreach (var r in rings.Values)
        {
            long c = 0; double x = 0; for (int i = 0; i < n; i++) { c += r.Cnt[i]; x += r.Sum[i]; }
            if (c > 0) C.Add(r.Key, (slice + 1) * slide, c, x);
        }
    }
    public void Process(ReadOnlySpan<Event> b) => core.Process(b);
    public void End() { core.Watermark(long.MaxValue - 10); for (int i = 1; i < n; i++) Fire(last + 1, null); }
}
