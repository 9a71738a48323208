using Weir.Analyzers;

namespace Weir.Generators.Tests.Analyzers;

public sealed class StateTypeAnalyzerTests
{
    private const string Types = "public sealed record Errand(string Name, Action Work); ";

    [Fact]
    public Task A_delegate_in_a_record_that_crosses_an_exchange_is_reported() =>
        Unsupported("job.From(tasks).[|Rebalance|]();");

    [Fact]
    public Task So_is_one_in_a_key() => Unsupported("job.From(flights).[|KeyBy|](f => new Errand(f.Origin, () => { }));");

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
    public Task Within_a_chain_it_may_live() =>
        Anonymous("job.From(flights).Select(f => new { f.Origin }).Where(x => x.Origin.Length > 1).Select(x => x.Origin).Rebalance();");

    [Fact]
    public Task A_tuple_may_cross() => Anonymous("job.From(flights).Select(f => (f.Origin, f.Delay)).KeyBy(x => x.Origin);");

    [Fact]
    public Task A_record_may_cross() => Anonymous("job.From(flights).Rebalance();");

    private static Task Unsupported(string statements) => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", Source(statements));

    private static Task Anonymous(string statements) => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0003", Source(statements));

    private static string Source(string statements) => Types + $$"""
        public class P
        {
            [Pipeline] public static void Define(Job job, ISource<Flight> flights, ISource<Errand> tasks)
            {
                {{statements}}
            }
        }
        """;
}
