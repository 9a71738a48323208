using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.Determinism;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>The cases that came from outside, and the messages word by word.</summary>
public sealed class DeterminismCasesTests
{
    private const string Pipeline = """
        using Weir;
        public sealed record Trade(string Symbol, int Id, DateTime Time);
        public sealed class Newest : IAggregate<Trade, long, long>
        {
            public long Create() => 0;
            public void Add(ref long newest, in Trade trade) => newest = DateTime.UtcNow.Ticks;
            public void Merge(ref long newest, in long other) => newest += other;
            public long Result(in long newest) => newest;
        }
        public sealed class Shifted : TimeProvider { public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch; }
        public static class P
        {
            static long Score(Trade t) => Stamp();
            static long Stamp() => DateTime.UtcNow.Ticks;
            [Pipeline] public static void Define(Job job, ISource<Trade> trades)
            {
                var all = job.From(trades).WithEventTime(t => t.Time, TimeSpan.Zero);

        """;

    [Theory]
    [InlineData("all.Select(t => Score(t));", "Define → Score → Stamp → DateTime.UtcNow", "t => Score(t)")]
    [InlineData("all.Select(t => Stamp());", "Define → Stamp → DateTime.UtcNow", "t => Stamp()")]
    [InlineData("all.Select(Score);", "Define → Score → Stamp → DateTime.UtcNow", "Score")]
    [InlineData(
        "all.KeyBy(t => t.Id).Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(new Newest());",
        "Define → Add → DateTime.UtcNow",
        "new Newest()")]
    public async Task H40_A_clock_reached_by_hops_is_reported_where_it_is_read_and_in_the_pipeline(string verbs, string path, string place)
    {
        var (reports, text) = await Reported(verbs);
        var clock = reports.Single(report => report.Severity > DiagnosticSeverity.Info);
        var remark = reports.Single(report => report.Severity == DiagnosticSeverity.Info);
        Assert.Equal("WEIR1001", clock.Id);
        Assert.Equal("WEIR1001", remark.Id);
        Assert.Equal("DateTime.UtcNow", text[clock.Location.SourceSpan.Start..clock.Location.SourceSpan.End]);
        Assert.Equal(place, text[remark.Location.SourceSpan.Start..remark.Location.SourceSpan.End]);
        Assert.Equal(remark.Location, Assert.Single(clock.AdditionalLocations));
        Assert.All(reports, report => Assert.StartsWith($"'{path}' reads a clock", report.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public async Task H40_So_is_one_in_a_lambda_that_was_stored_in_a_local()
    {
        var (reports, _) = await Reported("Func<Trade, bool> late = t => t.Time < DateTime.UtcNow; all.Where(late);");
        Assert.Contains(reports, report => report.Severity > DiagnosticSeverity.Info
            && report.GetMessage(null).StartsWith("'Define → DateTime.UtcNow'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("all.Select(t => t.GetHashCode());", "WEIR1004")]
    [InlineData("all.Select(t => (t.Id, t.Symbol).GetHashCode());", "WEIR1004")]
    [InlineData("all.Select(t => StringComparer.Ordinal.GetHashCode(t.Symbol));", "WEIR1004")]
    [InlineData("all.Select(t => { var h = new HashCode(); h.Add(t.Id); return h.ToHashCode(); });", "WEIR1004")]
    [InlineData("var clock = new Shifted(); all.Select(t => clock.GetUtcNow());", "WEIR1001")]
    [InlineData("all.Select(t => t.Id.GetHashCode());", null)]
    public async Task H41_Hash_codes_and_clocks_that_look_harmless(string verbs, string? id)
    {
        var (reports, _) = await Reported(verbs);
        Assert.Equal(id is null ? [] : [id], reports.Select(report => report.Id));
    }

    [Theory]
    [InlineData("all.Select(t => nameof(DateTime.Now));")]
    [InlineData("all.Select(t => t.Id / System.Diagnostics.Stopwatch.Frequency);")]
    [InlineData("all.Select(t => new Random(t.Id).Next());")]
    public async Task H42_Names_constants_and_seeded_numbers_are_not_reported(string verbs) => Assert.Empty((await Reported(verbs)).Reports);

    [Theory]
    [InlineData("all.Select(t => Told());", "WEIR1002", "use the record's id")]
    [InlineData("all.Select(t => Promised());", null, null)]
    public async Task Attributes_answer_for_a_member(string verbs, string? id, string? cure)
    {
        var (reports, _) = await Reported(verbs, """
            [NonDeterministic("use the record's id", Rule = "WEIR1002")] static long Told() => 1;
            [Deterministic] static long Promised() => DateTime.UtcNow.Ticks;
            """);
        Assert.Equal(id is null ? [] : [id], reports.Select(report => report.Id));
        Assert.All(reports, report => Assert.EndsWith(cure!, report.GetMessage(null), StringComparison.Ordinal));
    }

    private static async Task<(Diagnostic[] Reports, string Text)> Reported(string verbs, string members = "")
    {
        var text = $"{Pipeline}{verbs}\n}}\n{members}\n}}";
        var compilation = Compile.Source(text);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error));
        var reports = await compilation.WithAnalyzers([(DiagnosticAnalyzer)new DeterminismAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        // Newest is found by its type, too, in tests that do not use it.
        return ([.. reports.Where(report => verbs.Contains("Newest", StringComparison.Ordinal)
            || !report.GetMessage(null).StartsWith("'Newest", StringComparison.Ordinal))], text);
    }
}
