using Weir.Analyzers;

namespace Weir.Generators.Tests.Analyzers;

public sealed class StateTypeAnalyzerTests
{
    private const string Types = "public sealed record Errand(string Name, Action Work); ";
    private const string Marked = "public sealed record Errand(string Name, Action [|Work|]); ";

    [Fact]
    public Task A_delegate_in_a_record_that_crosses_an_exchange_is_reported_at_the_member() =>
        Unsupported("job.From(tasks).Rebalance();", Marked);

    [Fact]
    public Task So_is_one_in_a_key_once_for_all_verbs() =>
        Unsupported("job.From(flights).KeyBy(f => new Errand(f.Origin, () => { })); job.From(tasks).Rebalance();", Marked);

    [Fact]
    public Task A_type_of_another_assembly_is_reported_at_the_verb() =>
        Unsupported("job.From(flights).[|KeyBy|](f => new System.Text.StringBuilder());");

    [Fact]
    public Task All_members_are_reported_at_once_each_at_its_place() => Unsupported(
        "job.From(tasks).Rebalance();",
        """
        public sealed class Errand
        {
            private int [|_count|];
            public object? [|Any|] { get; set; }
            public Inner? Inner { get; set; }
            public System.IO.Stream? [|Stream|];
            public List<Open>? [|Opens|];
            public System.Collections.Generic.IDictionary<int, int>? [|Map|] { get; init; }
            public int Count() => _count++;
        }

        public sealed class Inner { public IntPtr [|Handle|] { get; init; } public string Name { get; [|init|]; } = ""; }

        public abstract class Open;

        """.Replace("[|init|]", "init", StringComparison.Ordinal).Replace("private int [|_count|];", "[NonSerialized] private int _count;", StringComparison.Ordinal));

    [Fact]
    public Task Members_of_one_type_are_reported_each() => Unsupported(
        "job.From(tasks).Rebalance();",
        "public sealed record Errand(object [|One|], object [|Two|], List<object> [|Many|], List<object> [|More|], Action [|Work|], "
            + "Inner Inner, Inner Again); public sealed record Inner(Action [|Later|], object [|Any|]); ");

    [Fact]
    public Task A_private_field_is_reported_where_it_stands() => Unsupported(
        "job.From(tasks).Rebalance();",
        "public sealed class Errand { private int [|_count|]; public int Next() => ++_count; } ");

    [Fact]
    public Task A_codec_that_is_asked_for_by_attribute_is_reported_too() => Unsupported(
        "job.From(flights).Rebalance();",
        "[GenerateCodec] public sealed record Asked(Action [|Work|]); public sealed record Errand(string Name); ");

    [Fact]
    public Task A_pipeline_outside_of_a_pipeline_method_is_looked_at_too() => Unsupported(
        "Other.Build(job.From(tasks));",
        Marked + "public static class Other { public static void Build(Stream<Errand> all) { var one = all.Rebalance(); } } ");

    [Fact]
    public Task H31_a_member_whose_use_is_an_error_is_reported_where_it_stands() => Unsupported(
        "job.From(tasks).Rebalance();",
        """
        public sealed record Errand(string Name, [property: Obsolete("", true)] int [|Cost|])
        {
            [Obsolete("still there", error: true)] public int [|Former|] { get; init; }
            public int [|Written|] { get; [Obsolete("", true)] init; }
            public int [|Read|] { [Obsolete("", true)] get; init; }
            [Obsolete("a warning")] public int Old { get; init; }
            [Obsolete("", true)] public int Computed => 1;
        }

        """);

    [Fact]
    public Task H31_a_type_whose_use_is_an_error_is_reported_at_the_members_that_have_it() => Unsupported(
        "job.From(tasks).Rebalance();",
        """
        [Obsolete("", true)] public enum Mood { Good }
        [Obsolete("", true)] public static class Outer { public sealed record Inner(int A); }
        [Obsolete] public sealed record Errand(string Name, Mood [|Mood|], Outer.Inner[] [|Inners|]);

        """);

    [Fact]
    public Task H32_rows_that_no_file_can_hold_are_reported_at_the_call() => Unsupported(
        "job.From(Weir.JsonLines.[|Read<Errand>|](\"x\")); job.From(Weir.Csv.[|Read<Row>|](\"x\")); job.From(Weir.Csv.Read<Flight>(\"x\"));",
        Types + "public sealed record Row(int[] Numbers); ");

    [Fact]
    public Task Records_that_fit_no_columns_are_reported_at_the_call_unless_it_says_the_columns() => AnalyzerTest.Verify<StateTypeAnalyzer>(
        "WEIR0002",
        Source(
            "Weir.Postgres.[|Write<Row>|](\"x\"); Weir.Postgres.Write<Row>(\"x\", columns: 1); Weir.Postgres.Write<Flight>(\"x\");",
            Types + "public sealed record Row(IReadOnlyList<int> Numbers); "),
        """
        namespace Weir;

        public static class Postgres
        {
            public static void Write<T>(string table) { }

            public static void Write<T>(string table, int columns) { }
        }
        """);

    [Fact]
    public Task What_is_wrong_with_a_type_hides_nothing_of_its_members() => Unsupported(
        "job.From(tasks).Rebalance();",
        "public sealed class Errand { private int [|_lost|]; public Action? [|Bad|] { get; set; } public Inner? Inner { get; set; } "
            + "public int Next() => ++_lost; } public sealed record Inner(object [|Any|]); ");

    [Theory]
    [InlineData("record Errand([property: WasNamed(\"B\")] int [|A|], [property: WasNamed(\"A\")] int [|B|])")]
    [InlineData("record Errand([WasNamed(\"Old\")] int [|New|], int Old)")]
    [InlineData("record Errand([WasNamed(\"Old\")] int [|New|], [WasNamed(\"Old\")] int [|Other|])")]
    [InlineData("record Errand(Tier T); public enum Tier { [WasNamed(\"Gold\")] [|Silver|], Gold }")]
    public Task Two_members_that_may_be_one_stored_member_are_refused(string type) =>
        Unsupported("job.From(tasks).Rebalance();", $"public sealed {type}{(type.EndsWith(')') ? ";" : "")} ");

    [Fact]
    public Task A_closed_hierarchy_and_a_codec_of_ones_own_are_not() => Unsupported(
        "job.From(tasks).Rebalance();",
        """
        public abstract record Errand { public sealed record Walk(int Steps) : Errand; public sealed record Rest : Errand; }

        """);

    [Fact]
    public Task A_record_that_stays_in_its_chain_is_not() => Unsupported("job.From(tasks).Where(t => t.Name.Length > 1);");

    [Fact]
    public Task A_record_of_plain_members_is_not() => Unsupported("job.From(flights).Rebalance();");

    [Fact]
    public Task A_plain_key_is_not() => Unsupported("job.From(flights).KeyBy(f => (f.Origin, f.Delay));");

    [Fact]
    public Task An_anonymous_record_must_not_be_keyed() =>
        Anonymous("job.From(flights).Select(f => new { f.Origin }).[|KeyBy|](x => x.Origin);");

    [Fact]
    public Task Nor_dealt_out() => Anonymous("job.From(flights).Select(f => (new { f.Origin }, 1)).[|Rebalance|]();");

    [Fact]
    public Task Nor_be_a_key() => Anonymous("job.From(flights).[|KeyBy|](f => new { f.Origin });");

    [Fact]
    public Task Each_is_reported_once_where_it_first_crosses() => Anonymous(
        "var keyed = job.From(flights).Select(f => new { f.Origin }).[|Rebalance|]().KeyBy(x => x.Origin); "
            + "job.From(flights).Select(f => new { f.Delay }).[|Rebalance|]().Rebalance();");

    [Fact]
    public Task Nor_go_to_another_number_of_subtasks() => Anonymous(
        "job.From(flights).Select(f => new { f.Origin }).[|WithParallelism|](2).Select(x => x.Origin);");

    [Fact]
    public Task Nor_be_dealt_out_by_a_helper() => Anonymous(
        "Helpers.[|Spread|](job.From(flights).Select(f => new { f.Origin })); Helpers.Same(job.From(flights).Select(f => new { f.Delay }));",
        "public static class Helpers { public static Stream<T> Spread<T>(Stream<T> all) => all.Rebalance(); public static Stream<T> "
            + "Same<T>(Stream<T> all) => all.Where(one => one != null); } " + Types);

    [Fact]
    public Task Within_a_chain_it_may_live() =>
        Anonymous("job.From(flights).Select(f => new { f.Origin }).Where(x => x.Origin.Length > 1).Select(x => x.Origin).Rebalance();");

    [Theory]
    [InlineData("job.From(flights).Select(f => new { f.Origin }).[|WithParallelism|](2).Select(x => x.Origin);")]
    [InlineData("job.From(flights).Select(f => new { f.Origin }).Select(x => x.Origin).[|WithParallelism|](2);")]
    [InlineData("job.From(flights).Select(f => new { f.Origin }).[|WithParallelism|](2).Where(x => true).WithParallelism(3);")]
    public Task Nor_go_where_the_parallelism_changes(string statements) => Anonymous(statements);

    [Theory]
    [InlineData("job.From(flights).Select(f => new { f.Origin }).Select(x => x.Origin).Where(o => true).WithParallelism(2);")]
    [InlineData("job.From(flights).WithParallelism(2).Select(f => new { f.Origin }).Select(x => x.Origin);")]
    [InlineData("job.From(flights).Select(f => f.Origin).WithParallelism(2).To((ISink<string>)null!).WithParallelism(3);")]
    public Task But_it_may_live_where_others_have_a_parallelism(string statements) => Anonymous(statements);

    [Fact]
    public Task Or_where_the_neighbours_have_the_same() => Anonymous(
        "job.From(flights).WithParallelism(2).Select(f => new { f.Origin }).WithParallelism(2).Select(x => x.Origin).WithParallelism(2);");

    [Fact]
    public Task A_tuple_may_cross() => Anonymous("job.From(flights).Select(f => (f.Origin, f.Delay)).KeyBy(x => x.Origin);");

    [Fact]
    public Task A_record_may_cross() => Anonymous("job.From(flights).Rebalance();");

    private static Task Unsupported(string statements, string types = Types) =>
        AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", Source(statements, types));

    private static Task Anonymous(string statements, string types = Types) =>
        AnalyzerTest.Verify<AnonymousTypeAnalyzer>("WEIR0003", Source(statements, types));

    private static string Source(string statements, string types = Types) => types + $$"""
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> flights, ISource<Errand> tasks)
            {
                {{statements}}
            }
        }
        """;
}
