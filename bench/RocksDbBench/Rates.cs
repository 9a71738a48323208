namespace Weir.Bench.RocksDbState;

/// <summary>Records a second beside the package as it comes and FASTER.</summary>
internal static class Rates
{
    private const long Keys = 1_000_000;

    public static void Run(string root, bool isShort)
    {
        var count = isShort ? 1_000_000L : 4_000_000;
        var raw = Raw.Run(Path.Combine(root, "raw"), Keys, count / 2);
        Faster.Run(Path.Combine(root, "faster"), Keys, 2 * count);
        using (var bench = new Bench(Path.Combine(root, "uniform")))
        {
            bench.Add(Keys, i => i);
            bench.Add(Keys, Bench.Uniform(Keys));
            Bench.Print("Weir, 1,000,000 uniform keys, all in the cache",
                Bench.Rate(10 * count, () => bench.Add(10 * count, Bench.Uniform(Keys))), raw.Uniform);
        }

        foreach (var prefetches in new[] { true, false })
        {
            using var bench = new Bench(Path.Combine(root, "sixth"), new() { CacheBytes = 8L << 20 }) { Prefetches = prefetches };
            bench.Add(Keys, i => i);
            bench.Add(count / 4, Bench.Uniform(Keys));
            Bench.Print($"Weir, the same, a sixth in the cache, misses {(prefetches ? "of a batch at once" : "one by one")}",
                Bench.Rate(count / 2, () => bench.Add(count / 2, Bench.Uniform(Keys))), raw.Uniform);
        }

        using var hot = new Bench(Path.Combine(root, "hot"), new() { CacheBytes = 8L << 20 });
        hot.Add(Keys, i => i);
        hot.Add(1_000_000, Bench.Uniform(1000));
        Bench.Print("Weir, 1,000 hot keys of 1,000,000, a sixth in the cache",
            Bench.Rate(20 * count, () => hot.Add(20 * count, Bench.Uniform(1000))), raw.Hot);
    }
}
