using Microsoft.CodeAnalysis;
using Weir.Generators.Codecs;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

public sealed class CodecsGeneratorTests
{
    private const string Order = """
        namespace Shop;

        public enum Currency : byte { Euro, Dollar }

        public sealed record Customer(string Name, string? Mail);

        [Weir.GenerateCodec]
        public record Order(long Id, Customer Customer, decimal Amount, Currency Currency, System.DateTime? Paid)
        {
            public decimal Twice => Amount * 2;
        }
        """;

    private const string Collections = """
        using System.Collections.Immutable;

        namespace Shop;

        [Weir.GenerateCodec]
        public sealed class Basket
        {
            public required int Number { get; init; }
            public List<string> Tags { get; set; } = [];
            public (int Row, double? Share)[] Cells = [];
            public IReadOnlyList<long> Ids { get; init; } = [];
            public Dictionary<string, List<int>> Lines { get; init; } = [];
            public IReadOnlyDictionary<string, int>? Counts { get; set; }
            public HashSet<Guid> Seen { get; set; } = [];
            public ImmutableArray<DateOnly> Days { get; set; }
            public byte[] Picture { get; set; } = [];
            public int @class;
        }
        """;

    private const string Tree = """
        namespace Shop;

        [Weir.GenerateCodec]
        public sealed class Tree(string name)
        {
            public string Name { get; } = name;
            public List<Tree>? Children { get; set; }
        }
        """;

    private const string Contract = """
        namespace Shop
        {
            [MessagePack.MessagePackObject, Weir.GenerateCodec]
            public struct Point
            {
                [MessagePack.Key(1)] public int Y { get; set; }
                [MessagePack.Key(0)] public int X { get; set; }
                [MessagePack.IgnoreMember] public int Sum { get; set; }
            }
        }
        """;

    private const string Pipeline = """
        using Weir;

        namespace Shop;

        public sealed record Sale(string Shop, int Day, double Amount);

        public readonly record struct Place(string Shop, int Day);

        public struct Total { public double Sum; public long Count; }

        public sealed class Totals : IAggregate<Sale, Total, double>
        {
            public Total Create() => default;
            public void Add(ref Total accumulator, in Sale record) { accumulator.Sum += record.Amount; accumulator.Count++; }
            public void Merge(ref Total accumulator, in Total other) { accumulator.Sum += other.Sum; accumulator.Count += other.Count; }
            public double Result(in Total accumulator) => accumulator.Sum / accumulator.Count;
        }

        public static class Sales
        {
            [Pipeline]
            public static void Define(Job job, Source<Sale, string> source, ISink<double> sink) => job
                .From(source)
                .Select(sale => new { sale.Shop, Sale = sale })
                .Select(both => both.Sale)
                .KeyBy(sale => new Place(sale.Shop, sale.Day))
                .Window(Tumbling.Of(TimeSpan.FromDays(1)))
                .Aggregate(new Totals())
                .To(sink);
        }
        """;

    public static TheoryData<string> Sources() => [Order, Collections, Tree, Contract, Pipeline];

    [Fact]
    public void A_record_gets_a_codec() => Snapshot.Match(Generated(Order));

    [Fact]
    public void Collections_get_the_runtimes_codecs() => Snapshot.Match(Generated(Collections));

    [Fact]
    public void A_type_that_contains_itself_gets_one_codec() => Snapshot.Match(Generated(Tree));

    [Fact]
    public void Keys_of_MessagePack_give_the_order() => Snapshot.Match(Generated(Contract));

    [Fact]
    public void A_pipeline_gets_codecs_of_its_records_keys_and_accumulators() => Snapshot.Match(Generated(Pipeline));

    [Theory, MemberData(nameof(Sources))]
    public void What_is_generated_compiles_without_a_warning(string source) =>
        Assert.Empty(Compile.Source(source).Complaints(new CodecGenerator()));

    [Fact]
    public void Nothing_is_generated_for_nothing() =>
        Assert.Empty(Compile.Source("class Nothing;").Run(new CodecGenerator()).GetRunResult().GeneratedTrees);

    [Fact]
    public void A_type_that_cannot_be_stored_is_skipped_in_silence()
    {
        var result = Compile.Source("[Weir.GenerateCodec] public sealed record Bad(System.Action Callback);").Run(new CodecGenerator())
            .GetRunResult();

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.GeneratedTrees);
    }

    [Theory]
    [InlineData(Pipeline + "class Unrelated;")]
    [InlineData("// moved down\n" + Pipeline)]
    public void An_edit_elsewhere_is_served_from_the_cache(string edited)
    {
        Assert.All(
            Compile.Source(Pipeline).Reasons(edited, CodecGenerator.PipelineStep, new CodecGenerator()),
            reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
        Assert.Equal(
            [IncrementalStepRunReason.Cached],
            Compile.Source(Pipeline).Reasons(edited, CodecGenerator.MergeStep, new CodecGenerator()));
    }

    [Fact]
    public void A_new_member_is_generated_anew()
    {
        var edited = Pipeline.Replace("double Amount)", "double Amount, int Extra)", StringComparison.Ordinal);

        Assert.Equal([IncrementalStepRunReason.Modified], Compile.Source(Pipeline)
            .Reasons(edited, CodecGenerator.PipelineStep, new CodecGenerator()));
        Assert.Equal([IncrementalStepRunReason.Modified], Compile.Source(Pipeline)
            .Reasons(edited, CodecGenerator.MergeStep, new CodecGenerator()));
    }

    private static string Generated(string source)
    {
        var driver = Compile.Source(source).Run(new CodecGenerator());
        Assert.Empty(driver.GetRunResult().Diagnostics);
        return driver.Text();
    }
}
