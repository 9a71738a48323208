using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Weir.Analyzers;
using Weir.Generators.Pipelines;
using Weir.Generators.State;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>What aggregates, sources and sinks keep is part of the baseline, and compared as a restore compares it.</summary>
public sealed partial class KeptStateTests
{
    private const string Counted = "g => g.Count() + g.Sum(f => f.Delay) + g.MinBy(f => f.Distance)!.Delay";

    [Theory]
    [InlineData(Counted)]
    [InlineData("g => g.MinBy(f => f.Distance)!.Delay + g.Sum(f => f.Delay)")]
    [InlineData("g => g.Count()")]
    [InlineData("g => g.Sum(f => f.Delay * 2) + g.Count()")]
    [InlineData("g => g.Sum(f => f.Delay) + g.Sum(f => f.Delay)")]
    public Task H29_an_aggregate_that_goes_on_from_what_was_kept_is_no_change(string now) => Check($".Aggregate({now})");

    [Theory]
    [InlineData("g => g.Count() + g.Sum(f => f.Delay) + g.Max(f => f.Delay)")]
    [InlineData("g => g.Count() + g.Sum(f => f.Delay) + g.First().Delay")]
    [InlineData("g => g.Sum(f => f.Delay) + g.Sum(f => f.Delay + 1)")]
    [InlineData("g => g.Select(f => f.Delay).Distinct().Count()")]
    [InlineData("g => g.OrderBy(f => f.Delay).First().Delay")]
    [InlineData("new Sums()")]
    public Task What_was_not_kept_is_reported_at_the_verb(string now) => Check($".[|Aggregate|]({now})");

    [Fact]
    public Task So_is_what_was_kept_as_another_type() => Check(
        ".[|Aggregate|](g => g.Min(f => f.Origin)!.Length)", then: ".Aggregate(g => g.Min(f => f.Delay))");

    [Fact]
    public Task And_an_aggregate_that_folds_what_it_kept_as_records() =>
        Check($".[|Aggregate|]({Counted})", then: ".Aggregate(g => g.OrderBy(f => f.Delay).First().Delay)");

    [Fact]
    public Task And_one_that_the_user_wrote() => Check($".[|Aggregate|]({Counted})", then: ".Aggregate(new Sums())");

    [Fact]
    public Task A_record_that_is_kept_is_compared_member_by_member() => Check(
        $".Aggregate({Counted})", types: text => text.Replace("string? Note", "long? [|Note|]", StringComparison.Ordinal));

    [Fact]
    public Task The_split_of_a_source_is_compared() => Check(
        $".Aggregate({Counted})", types: text => text.Replace("Place(string Path, long Size)", "Place(string Path, string [|Size|])", StringComparison.Ordinal));

    [Fact]
    public Task The_transaction_of_a_sink_is_compared() => Check(
        $".Aggregate({Counted})", types: text => text.Replace("Handle(long Id)", "Handle(Guid [|Id|])", StringComparison.Ordinal));

    [Fact]
    public Task A_source_behind_an_interface_stores_what_nobody_knows() => Check(
        $".Aggregate({Counted})", types: text => text.Replace("Made.Of<Places>()", "Made.Of<ISource<Flight>>()", StringComparison.Ordinal));

    [Fact]
    public void The_baseline_says_what_is_kept_in_order_of_names() => Snapshot.Match(Baseline(Source($".Aggregate({Counted})")), "json");

    [Fact]
    public void A_baseline_survives_the_comment_that_it_travels_in()
    {
        var text = Baseline(Source(".Aggregate(g => g.Count(f => f.Origin == \"*/ /* \\\" \\\\\" && f.Delay */* two */ 2 > 1))"));
        Assert.DoesNotContain("*/", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Counted)]
    [InlineData("g => g.Count(f => f.Delay > 1) + g.Count(f => f.Delay > 2) + g.Where(f => f.Delay > 1).Count()")]
    [InlineData("g => g.Average(f => f.Delay).CompareTo(0) + g.Sum(f => f.Delay) + g.Max(f => f.Delay)")]
    [InlineData("g => (int)g.Average(f => f.Delay)")]
    [InlineData("g => g.Select(f => f.Origin).Distinct().Count() + g.Aggregate(0L, (n, f) => n + f.Delay).CompareTo(1)")]
    [InlineData("g => g.Aggregate(0, (n, f) => n ^ f.Delay)")]
    [InlineData("g => g.OrderBy(f => f.Delay).Count()", true)]
    [InlineData("g => g.First().Delay + g.Last(f => f.Delay > 0).Delay + g.MaxBy(f => f.Origin)!.Delay")]
    [InlineData("g => g.Min(f => (int?)f.Delay) ?? 0")]
    [InlineData("g => g.Min(f => f.Origin)!.Length + g.Max(f => f.Origin)!.Length")]
    [InlineData("g => g.Sum(f => 10 / f.Delay) + g.Count(f => int.Parse(f.Origin) > 1)")]
    [InlineData("g => g.Any(f => f.Delay > 1) && g.All(f => f.Delay > 0) ? 1 : 0")]
    [InlineData("g => g.Sum(f => f.Distance).CompareTo(g.Sum(f => (decimal)f.Distance))")]
    [InlineData("g => g.Select(f => f.Origin[0]).First() + g.Select(f => new Flight(f.Origin, 1, 2)).First().Delay")]
    public void The_baseline_says_what_the_generated_accumulator_says(string aggregate, bool isBuffered = false)
    {
        var compilation = Compile.Source(Source($".Aggregate({aggregate})"));
        var generated = compilation.Run(new PipelineGenerator()).Text();
        var schema = Accumulator().Match(generated);
        var kept = StateReader.Read(compilation, default).Operators.Single(one => one.Verb == "Aggregate").States.Skip(1);
        if (isBuffered)
        {
            Assert.False(schema.Success, generated);
            Assert.Equal(("accumulator", "list<record Flight>"), (kept.Single().Name, kept.Single().Type));
            return;
        }

        Assert.True(schema.Success, generated);
        var labels = Member().Matches(schema.Groups[1].Value).Select(member => Regex.Unescape(member.Groups[1].Value));
        Assert.Equal(labels.Order(StringComparer.Ordinal), kept.Select(state => state.Name["accumulator.".Length..]));
    }

    [GeneratedRegex("new\\(\"accumulator\", \\[(.*)\\]\\)\\n")]
    private static partial Regex Accumulator();

    [GeneratedRegex("(?<!\\[)new\\(\"((?:[^\"\\\\]|\\\\.)*)\", (?:_|new\\(\"(?:set|nullable)\")")]
    private static partial Regex Member();

    private static Task Check(string now, string then = $".Aggregate({Counted})", Func<string, string>? types = null)
    {
        var source = Source(now);
        source = types is null ? source : types(source);
        var test = new CSharpAnalyzerTest<StateBaselineAnalyzer, DefaultVerifier>
        {
            TestCode = source.Replace("[|", "{|WEIR2001:", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal),
        };
        Compile.Prepare(test);
        test.TestState.AdditionalFiles.Add(("weir.state.json", Baseline(Source(then))));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Baseline(string source) => StateFileText.Of(StateReader.Read(Compile.Source(source), default));

    private static string Source(string aggregate) => $$"""
        using Weir;

        public sealed record Flight(string Origin, int Delay, double Distance, string? Note = null);
        public sealed record Place(string Path, long Size);
        public sealed record Handle(long Id);

        public abstract class Places : Source<Flight, Place>;

        public class Writer : TwoPhaseCommitSink<int, Handle>
        {
            public override Codec<Handle> TransactionCodec => Codecs.Of<Handle>();
            public override Handle Begin() => Made.Of<Handle>();
            public override void Write(Handle transaction, Batch<int> batch) { }
            public override ValueTask<Handle> PreCommitAsync(
                Handle transaction, CheckpointName checkpoint, CancellationToken cancellation) => new(transaction);
            public override ValueTask CommitAsync(
                Handle transaction, CheckpointName checkpoint, CancellationToken cancellation) => default;
            public override ValueTask AbortAsync(Handle transaction, CancellationToken cancellation) => default;
        }

        public sealed class Sink : ISink<int>
        {
            public string Description => "";
            public ISinkWriter<int> Open(SinkContext context) => new Writer();
        }

        public static class Made { public static T Of<T>() => throw new NotSupportedException(); }

        public sealed class Sums : IAggregate<Flight, int, int>
        {
            public int Create() => 0;
            public void Add(ref int accumulator, in Flight record) { }
            public void Merge(ref int accumulator, in int other) { }
            public int Result(in int accumulator) => 0;
        }

        public static class P
        {
            [Pipeline] public static void Define(Job job) => job.From(Made.Of<Places>()).WithEventTime(f => (long)f.Delay, TimeSpan.Zero).KeyBy(f => f.Origin)
                .Window(Tumbling.Of(TimeSpan.FromDays(1))){{aggregate}}.To(new Sink());
        }
        """;
}
