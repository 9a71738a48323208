using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.Determinism;
using Weir.Analyzers.Summaries;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers.Summaries;

/// <summary>A library says which of its members answer differently, and the rules of who uses it name the way into it.</summary>
public sealed class SummaryGeneratorTests
{
    private const string Scores = """
        namespace Lib;
        public sealed record Trade(string Symbol, int Id, DateTime Time);
        public interface IScorer { long Score(Trade trade); }
        public sealed class ByClock : IScorer { public long Score(Trade trade) => DateTime.UtcNow.Ticks; }
        public sealed class ById : IScorer { public long Score(Trade trade) => trade.Id; }
        public abstract class Scorer { public abstract long Run(Trade trade); }
        public sealed class Clocked : Scorer { public override long Run(Trade trade) => Environment.TickCount64; }
        public sealed class Stamped { private readonly DateTime _made = DateTime.UtcNow; public Stamped(int id) { } public DateTime Made => _made; }
        public sealed class Newest : Weir.IAggregate<Trade, long, long>
        {
            public long Create() => 0;
            public void Add(ref long newest, in Trade trade) => newest = DateTime.UtcNow.Ticks;
            public void Merge(ref long newest, in long other) => newest += other;
            public long Result(in long newest) => newest;
        }
        public readonly record struct Money(long Amount) { public static Money operator +(Money a, Money b) => new(a.Amount + DateTime.Now.Ticks); }
        public static class Scores
        {
            private static int s_calls;
            private static readonly Dictionary<string, int> Seen = [];
            public static readonly DateTime Loaded = DateTime.UtcNow;
            public static readonly Func<Trade, bool> Stored = t => t.Time < DateTime.UtcNow;
            public static long Score(Trade trade) => DateTime.Now.Ticks;
            public static long Deep(Trade trade) => Deeper(trade);
            private static long Deeper(Trade trade) => new Box().Value;
            private sealed class Box { public long Value => Random.Shared.Next(); }
            public static long Age(this Trade trade) => DateTime.Now.Ticks - trade.Time.Ticks;
            public static int Count() => ++s_calls;
            public static int Memo(string key) => Seen.TryGetValue(key, out var known) ? known : Seen[key] = key.Length;
            public static DateTime Now => DateTime.UtcNow;
            public static DateTime Set { get => default; set => Console.WriteLine(value); }
            public static T Kept<T>(T value) { Console.WriteLine(value); return value; }
            public static bool Late(Trade trade) { var hour = DateTime.Now.Hour; return trade.Symbol + Environment.MachineName == "" + hour; }
            public static Func<Trade, long> Make(int days) => t => DateTime.UtcNow.AddDays(days).Ticks;
            public static long Pure(Trade trade) => trade.Id;
            public static DateTime Quiet { get; } = new(2020, 1, 1);
            [Weir.Deterministic] public static long Promised(Trade trade) => DateTime.Now.Ticks;
            internal static long Hidden(Trade trade) => DateTime.Now.Ticks;
            [Weir.Pipeline] public static void Define(Weir.Job job, Weir.ISource<Trade> trades) => Weir.StreamVerbs.Select(job.From(trades), t => DateTime.Now);
        }
        """;

    [Theory]
    [InlineData("all.Select(t => Scores.Score(t));", "WEIR1001 Define → Scores.Score → DateTime.Now")]
    [InlineData("all.Select(Scores.Score);", "WEIR1001 Define → Scores.Score → DateTime.Now")]
    [InlineData("all.Select(t => Scores.Deep(t));", "WEIR1002 Define → Scores.Deep → Deeper → Value → Random.Shared")]
    [InlineData("all.Select(t => t.Age());", "WEIR1001 Define → Scores.Age → DateTime.Now")]
    [InlineData("all.Select(t => Scores.Count());", "WEIR1008 Define → Scores.Count → s_calls")]
    [InlineData("all.Select(t => Scores.Memo(t.Symbol));", "WEIR1008 Define → Scores.Memo → Seen")]
    [InlineData("all.Select(t => Scores.Now);", "WEIR1001 Define → Scores.Now → DateTime.UtcNow")]
    [InlineData("all.Select(t => Scores.Loaded);", "WEIR1001 Define → Scores.Loaded → DateTime.UtcNow")]
    [InlineData("all.Where(Scores.Stored);", "WEIR1001 Define → Scores.Stored → DateTime.UtcNow")]
    [InlineData("all.Where(t => Scores.Stored(t));", "WEIR1001 Define → Scores.Stored → DateTime.UtcNow")]
    [InlineData("all.Select(Scores.Make(3));", "WEIR1001 Define → Scores.Make → DateTime.UtcNow")]
    [InlineData("all.Select(t => Scores.Kept(t));", "WEIR1007 Define → Scores.Kept → Console.WriteLine")]
    [InlineData("all.Select(t => { Scores.Set = t.Time; return t; });", "WEIR1007 Define → Scores.Set → Console.WriteLine")]
    [InlineData("all.Select(t => Scores.Set);", "")]
    [InlineData(
        "all.Where(t => Scores.Late(t));",
        "WEIR1001 Define → Scores.Late → DateTime.Now; WEIR1003 Define → Scores.Late → Environment.MachineName")]
    [InlineData("all.Select(t => new Stamped(1).Made);", "WEIR1001 Define → new Stamped → DateTime.UtcNow")]
    [InlineData("all.Select(t => new Money(1) + new Money(2));", "WEIR1001 Define → operator of Money → DateTime.Now")]
    [InlineData("all.Select(t => scorer.Score(t));", "WEIR1001 Define → IScorer.Score → DateTime.UtcNow")]
    [InlineData("all.Select(t => ((IScorer)new ById()).Score(t));", "")]
    [InlineData("all.Select(t => ((IScorer)new ByClock()).Score(t));", "WEIR1001 Define → ByClock.Score → DateTime.UtcNow")]
    [InlineData("all.Select(t => given.Run(t));", "WEIR1001 Define → Scorer.Run → Environment.TickCount64")]
    [InlineData(
        "all.KeyBy(t => t.Id).Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(new Newest());",
        "WEIR1001 Define → Newest.Add → DateTime.UtcNow")]
    [InlineData("all.Select(t => Scores.Pure(t));", "")]
    [InlineData("all.Select(t => Scores.Quiet);", "")]
    [InlineData("all.Select(t => Scores.Promised(t));", "")]
    public void A_member_of_a_library_is_reported_where_it_is_used_with_the_way_into_it(string verbs, string expected)
    {
        var library = Library("Lib", Scores);
        Assert.Equal(expected, Reports(Pipeline(verbs), Image(library)));
    }

    [Theory]
    [InlineData("all.Select(t => Scores.Score(t));", "WEIR1001 Define → Scores.Score → DateTime.Now")]
    [InlineData("all.Select(t => Scores.Deep(t));", "WEIR1002 Define → Scores.Deep → Deeper → Value → Random.Shared")]
    [InlineData("all.Select(t => Scores.Pure(t));", "")]
    public void In_an_editor_the_code_of_the_library_is_read_itself(string verbs, string expected) =>
        Assert.Equal(expected, Reports(Pipeline(verbs), Library("Lib", Scores).ToMetadataReference()));

    [Fact]
    public void A_library_behind_a_library_is_on_the_way()
    {
        var inner = Image(Library("Inner", "namespace Inner; public static class Clocks { public static DateTime Read() => DateTime.UtcNow; }"));
        var outer = Image(
            Library("Outer", "namespace Outer; public static class Ages { public static long Of(DateTime time) => (Inner.Clocks.Read() - time).Ticks; }", inner));
        Assert.Equal(
            "WEIR1001 Define → Ages.Of → Clocks.Read → DateTime.UtcNow",
            Reports(Pipeline("all.Select(t => Outer.Ages.Of(t.Time));"), Image(Library("Lib", Scores)), outer, inner));
    }

    [Fact]
    public void The_list_is_sorted_and_holds_what_others_can_see() => Assert.Equal(
        """
        // <auto-generated>
        // What operator code of other projects must not use, by the rules WEIR1001 to WEIR1009.
        // </auto-generated>

        #pragma warning disable
        [assembly: global::Weir.NonDeterministicMembers(
            "M:Ids.#ctor|WEIR1002|Guid.NewGuid",
            "M:Ids.Next|WEIR1001|Read → DateTime.UtcNow",
            "M:Ids.Next|WEIR1002|Guid.NewGuid",
            "M:Ids.Protected|WEIR1003|Environment.MachineName",
            "P:Ids.Item(System.Int32)|WEIR1001|Environment.TickCount")]

        """,
        Generated(Library("Ids", """
            public class Ids
            {
                public readonly Guid First = Guid.NewGuid();
                public string Next() => Read() + Guid.NewGuid().ToString();
                public int this[int index] => Environment.TickCount;
                protected string Protected() => Environment.MachineName;
                private static string Read() => DateTime.UtcNow.ToString("O");
                internal int Internal() => Environment.TickCount;
                public int Same() => 1;
            }
            internal static class Unseen { public static int Read() => Environment.TickCount; }
            """)));

    [Theory]
    [InlineData("[assembly: System.CLSCompliant(true)]")]
    [InlineData("[assembly: Weir.NonDeterministicMembers(\"M:Clock.Old|WEIR1001|DateTime.Now\")]")]
    public void A_list_adds_nothing_to_what_the_compiler_says(string attribute) => Assert.Empty(
        Library("Lib", $"{attribute} public static class Clock {{ public static DateTime Now => DateTime.UtcNow; }}")
            .Complaints(new SummaryGenerator()));

    [Fact]
    public void Friends_see_internal_members() => Assert.Contains(
        "\"M:Unseen.Read|WEIR1001|Environment.TickCount\"",
        Generated(Library("Ids", """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("App")]
            internal static class Unseen { public static int Read() => Environment.TickCount; }
            """)),
        StringComparison.Ordinal);

    [Fact]
    public void An_application_and_a_library_without_findings_get_no_list()
    {
        var clock = Library("App", "public static class Clock { public static DateTime Now => DateTime.UtcNow; }");
        Assert.NotEmpty(Generated(clock));
        Assert.Empty(Generated(clock.WithOptions(clock.Options.WithOutputKind(OutputKind.ConsoleApplication))));
        Assert.Empty(Generated(Library("Lib", "public static class Pure { public static int One => 1; }")));
    }

    [Fact]
    public void An_editor_does_not_pay_for_it()
    {
        var clock = Library("App", "public static class Clock { public static DateTime Now => DateTime.UtcNow; }");
        var driver = CSharpGeneratorDriver.Create(
            [new SummaryGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)clock.SyntaxTrees.First().Options,
            optionsProvider: new EditorOptions());
        Assert.Empty(driver.RunGenerators(clock, TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees);
    }

    private static string Pipeline(string verbs) => $$"""
        using Weir;
        using Lib;
        public static class P
        {
            [Pipeline] public static void Define(Job job, ISource<Trade> trades, IScorer scorer, Scorer given)
            {
                var all = job.From(trades).WithEventTime(t => t.Time, TimeSpan.Zero);
                {{verbs}}
            }
        }
        """;

    private static CSharpCompilation Library(string name, string text, params MetadataReference[] references) =>
        Compile.Source(text).WithAssemblyName(name).AddReferences(references);

    private static PortableExecutableReference Image(CSharpCompilation library)
    {
        Driver(library).RunGeneratorsAndUpdateCompilation(library, out var whole, out var complaints, TestContext.Current.CancellationToken);
        Assert.Empty(complaints);
        using var image = new MemoryStream();
        Assert.Empty(whole.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static string Generated(CSharpCompilation library) => string.Concat(
        Driver(library).RunGenerators(library, TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees);

    private static CSharpGeneratorDriver Driver(CSharpCompilation library) => CSharpGeneratorDriver.Create(
        [new SummaryGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)library.SyntaxTrees.First().Options);

    private static string Reports(string text, params MetadataReference[] references)
    {
        var compilation = Compile.Source(text).AddReferences(references);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error));
        return string.Join("; ", compilation.WithAnalyzers([(DiagnosticAnalyzer)new DeterminismAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult()
            .Select(report => $"{report.Id} {report.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1]}")
            .Order(StringComparer.Ordinal));
    }

    private sealed class EditorOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Design();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Design : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = "true";
                return key == "build_property.DesignTimeBuild";
            }
        }
    }
}
