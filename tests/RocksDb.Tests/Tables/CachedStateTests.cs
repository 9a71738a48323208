using System.Diagnostics;
using System.Globalization;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tests.Doubles;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>State in RocksDB behind a cache, held against a dictionary through all that can befall it.</summary>
public sealed class CachedStateTests
{
    [Theory]
    [InlineData(1, 2_000, 1)]
    [InlineData(2, 40_000, 2)]
    [InlineData(3, 400_000, 3)]
    public void State_equals_a_dictionary_through_barriers_failures_restarts_and_rescaling(int seed, long cacheBytes, int parallelism)
    {
        var script = Run<long>(seed, random => random.Next(3) == 0 ? random.Next(20) : random.Next(2000), cacheBytes, parallelism, 20_000);
        Assert.InRange(script.Completed, 10, int.MaxValue);
        Assert.InRange(script.Failed, 1, int.MaxValue);
        Assert.InRange(script.Restored, 3, int.MaxValue);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Keys_that_are_equal_in_different_bytes_are_one_key(int seed) =>
        Run<decimal>(seed, NewDecimal, 2_000, 2, 10_000);

    [Theory]
    [InlineData(6)]
    public void Keys_of_text_are_kept(int seed) =>
        Run<string>(seed, random => $"key {random.Next(1000)}", 20_000, 2, 10_000);

    /// <remarks><c>WEIR_FRESH_SECONDS</c> says for how long, <c>WEIR_FRESH_SEED</c> where they begin.</remarks>
    [Fact]
    public void Scripts_that_nobody_has_tried_equal_a_dictionary()
    {
        var first = Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");
        var watch = Stopwatch.StartNew();
        var (seed, failed) = (first, new List<string>());
        do
        {
            try
            {
                RunFresh(seed);
            }
#pragma warning disable CA1031 // Whatever a seed throws, the others are tried.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failed.Add($"seed {seed}: {failure}");
            }

            seed++;
        }
        while (watch.Elapsed.TotalSeconds < (Number("WEIR_FRESH_SECONDS") ?? 5) / 20.0);

        TestContext.Current.TestOutputHelper?.WriteLine($"{seed - first} scripts were tried.");
        Assert.True(failed.Count == 0, $"{failed.Count} of {seed - first} seeds failed:\n{string.Join('\n', failed.Take(5))}");
    }

    private static void RunFresh(int seed)
    {
        var random = new Random(seed);
        var (cacheBytes, parallelism, steps) = (random.Next(3) switch { 0 => 2_000, 1 => 40_000, _ => 400_000 }, random.Next(1, 4), 2_000);
        _ = random.Next(3) switch
        {
            0 => Run<long>(seed, random => random.Next(3) == 0 ? random.Next(20) : random.Next(2000), cacheBytes, parallelism, steps),
            1 => Run<decimal>(seed, NewDecimal, cacheBytes, parallelism, steps),
            _ => Run<string>(seed, random => $"key {random.Next(1000)}", cacheBytes, parallelism, steps),
        };
    }

    private static decimal NewDecimal(Random random) =>
        new decimal(random.Next(300), 0, 0, false, 0) * (random.Next(2) == 0 ? 1m : 1.000m);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static (int Completed, int Failed, int Restored) Run<TKey>(
        int seed, Func<Random, TKey> newKey, long cacheBytes, int parallelism, int steps)
        where TKey : notnull
    {
        using var directory = new TemporaryDirectory();
        var memory = new NativeMemory(new RocksDbOptions { BlockCacheBytes = 1 << 20, WriteBufferBytes = 1 << 20 });
        using var script = new StateScript<TKey>(
            seed, newKey, directory.Path, path => new RocksStore(memory, path), cacheBytes, parallelism);
        script.Run(steps);
        return script.Counts;
    }
}
