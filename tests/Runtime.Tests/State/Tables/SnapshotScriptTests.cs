using System.Diagnostics;
using System.Globalization;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>The laws of a state backend: whatever happens between and during snapshots, each holds what there was at its barrier.</summary>
/// <remarks><c>WEIR_FRESH_SECONDS</c> says for how long fresh seeds are tried, <c>WEIR_FRESH_SEED</c> where they begin.</remarks>
public abstract class BackendLaws
{
    private const int FixedSeeds = 40;

    // So that all four together take a sixth of the time for fresh seeds.
    private const double Share = 24;

    private protected abstract StateBackend Backend { get; }

    private protected virtual bool ChainsSnapshots => true;

    [Fact]
    public void Snapshots_of_copied_values_hold_what_there_was_at_their_barriers() =>
        Run(_ => new Sums(expires: false), Enumerable.Range(1, FixedSeeds));

    [Fact]
    public void Snapshots_of_values_that_hold_references_hold_what_there_was_at_their_barriers() =>
        Run(_ => new Lists(expires: false), Enumerable.Range(1, FixedSeeds));

    [Fact]
    public void H5_no_snapshot_goes_back_to_what_a_copied_value_was_before_it_expired() =>
        Run(_ => new Sums(expires: true), Enumerable.Range(1, FixedSeeds / 2));

    [Fact]
    public void H5_no_snapshot_goes_back_to_what_a_value_that_holds_references_was_before_it_expired() =>
        Run(_ => new Lists(expires: true), Enumerable.Range(1, FixedSeeds / 2));

    [Fact]
    public void Fresh_seeds_of_copied_values_hold_what_there_was_at_their_barriers() =>
        Run(seed => new Sums(expires: seed % 3 == 0), Fresh());

    [Fact]
    public void Fresh_seeds_of_values_that_hold_references_hold_what_there_was_at_their_barriers() =>
        Run(seed => new Lists(expires: seed % 3 == 0), Fresh());

    private static IEnumerable<int> Fresh()
    {
        var first = Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");
        var time = (Number("WEIR_FRESH_SECONDS") ?? 5) / Share;
        var watch = Stopwatch.StartNew();
        return Enumerable.Range(first, int.MaxValue - first).TakeWhile(_ => watch.Elapsed.TotalSeconds < time);
    }

    private void Run<TValue>(Func<int, IScriptedValues<TValue>> values, IEnumerable<int> seeds)
    {
        var (tried, compared, chained, merged) = (0, 0, 0, 0);
        var failed = new List<string>();
        foreach (var seed in seeds)
        {
            tried++;
            var script = new SnapshotScript<TValue>(seed, values(seed), Backend);
            try
            {
                script.Run(steps: 60);
            }
#pragma warning disable CA1031 // Whatever a seed throws, the others are tried.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failed.Add($"seed {seed}: {failure}");
            }

            compared += script.Compared;
            chained += script.Chained;
            merged += script.Merged;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} seeds: {compared} snapshots, {chained} of several runs, {merged} of merged ones");
        Assert.True(failed.Count == 0, $"{failed.Count} of {tried} seeds failed:\n{string.Join('\n', failed.Take(5))}");
        if (tried >= FixedSeeds)
        {
            Assert.True(compared > tried, $"only {compared} snapshots");
            Assert.True(!ChainsSnapshots || chained > tried / 4, $"only {chained} snapshots of several runs");
            Assert.True(!ChainsSnapshots || merged > tried / 20, $"only {merged} snapshots took the place of some runs");
        }
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Sums(bool expires) : IScriptedValues<long>
    {
        public bool Expires => expires;

        public Codec<long> Codec => Codecs.Of<long>();

        public ScriptedKeys<long> Functor(LongKeys keys) => new(keys, static () => 0);

        public void Add(ref long value, long number) => value += number;

        public long SumOf(long value) => value;
    }

    private sealed class Lists(bool expires) : IScriptedValues<List<long>>
    {
        public bool Expires => expires;

        public Codec<List<long>> Codec { get; } = new RecordListCodec<long>(Codecs.Of<long>());

        public ScriptedKeys<List<long>> Functor(LongKeys keys) => new(keys, static () => []);

        public void Add(ref List<long> value, long number) => value.Add(number);

        public long SumOf(List<long> value) => value.Sum();
    }
}

/// <summary>State on the heap, written by changes.</summary>
public sealed class FileBackendTests : BackendLaws
{
    private protected override StateBackend Backend => StateBackend.File;
}

/// <summary>State on the heap, written as a whole into the manifest.</summary>
public sealed class MemoryBackendTests : BackendLaws
{
    private protected override StateBackend Backend => StateBackend.Memory(1L << 30);

    private protected override bool ChainsSnapshots => false;
}
