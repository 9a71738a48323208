using System.Globalization;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>The laws of a state backend: whatever happens between and during snapshots, each holds what there was at its barrier.</summary>
public abstract class BackendLaws
{
    // WEIR_SEEDS=20000 tries as many, and WEIR_FIRST_SEED says where to begin.
    private static readonly int Seeds = Number("WEIR_SEEDS") ?? 40;
    private static readonly int First = Number("WEIR_FIRST_SEED") ?? 1;

    private protected abstract StateBackend Backend { get; }

    private protected virtual bool ChainsSnapshots => true;

    [Fact]
    public void Snapshots_of_copied_values_hold_what_there_was_at_their_barriers() => Run(new Sums());

    [Fact]
    public void Snapshots_of_values_that_hold_references_hold_what_there_was_at_their_barriers() => Run(new Lists());

    private void Run<TValue>(IScriptedValues<TValue> values)
    {
        var (compared, chained) = (0, 0);
        for (var seed = First; seed < First + Seeds; seed++)
        {
            var script = new SnapshotScript<TValue>(seed, values, Backend);
            script.Run(steps: 60);
            compared += script.Compared;
            chained += script.Chained;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Seeds} seeds from {First}: {compared} snapshots, {chained} of several runs");
        Assert.True(compared > Seeds, $"only {compared} snapshots");
        Assert.True(!ChainsSnapshots || chained > Seeds / 4, $"only {chained} snapshots of several runs");
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Sums : IScriptedValues<long>
    {
        public Codec<long> Codec => Codecs.Of<long>();

        public ScriptedKeys<long> Functor(LongKeys keys) => new(keys, static () => 0);

        public void Add(ref long value, long number) => value += number;

        public long SumOf(long value) => value;
    }

    private sealed class Lists : IScriptedValues<List<long>>
    {
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
