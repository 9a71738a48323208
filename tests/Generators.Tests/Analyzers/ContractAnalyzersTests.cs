using Weir.Analyzers.Contracts;
using Weir.Analyzers.Guarantees;
using Weir.Analyzers.Unions;

namespace Weir.Generators.Tests.Analyzers;

public sealed class ContractAnalyzersTests
{
    [Fact]
    public Task A_field_that_an_aggregate_counts_in_is_reported() => Field("private int [|_count|];", "_count++;");

    [Fact]
    public Task So_is_a_collection_that_it_fills() => Field("private readonly List<int> [|_all|] = [];", "_all.Add(flight.Delay);");

    [Fact]
    public Task A_field_that_only_the_constructor_sets_is_not() =>
        Field("private readonly int _start; private int _step; public Sums() { _start = 1; _step = 2; }", "sum += _start + _step;");

    [Fact]
    public Task A_local_of_the_same_use_is_not() => Field("", "var all = new List<int>(); all.Add(flight.Delay); sum += all.Count;");

    [Fact]
    public Task A_field_of_another_class_is_not() =>
        AnalyzerTest.Verify<MutableFieldAnalyzer>("WEIR2003",
            "public class Counter { private int _count; public void Add() => _count++; }");

    [Fact]
    public Task A_sink_without_a_promise_breaks_exactly_once() =>
        Asked("Guarantee.ExactlyOnce", "job.From(log).[|To|](new Plain());");

    [Fact]
    public Task So_does_a_source_that_forgets() => Asked("Guarantee.ExactlyOnce", "job.[|From|](socket).To(safe);");

    [Fact]
    public Task A_sink_that_promises_does_not() => Asked("Guarantee.ExactlyOnce", "job.From(log).To(safe);");

    [Fact]
    public Task Nor_does_a_variable_that_says_nothing() => Asked("Guarantee.ExactlyOnce", "job.From(log).To(anywhere);");

    [Fact]
    public Task At_least_once_takes_any_sink() => Asked("Guarantee.AtLeastOnce", "job.From(socket).To(new Plain());");

    [Fact]
    public Task An_input_of_a_union_without_idleness_is_reported() => Union("timed.[|Union|](timed.IdleAfter(TimeSpan.FromMinutes(1)));");

    [Fact]
    public Task Inputs_with_idleness_are_not() =>
        Union("var idle = timed.IdleAfter(TimeSpan.FromMinutes(1)); idle.Union(idle.Where(f => f.Delay > 1));");

    [Fact]
    public Task Inputs_without_event_times_are_not() => Union("flights.Union(flights);");

    [Fact]
    public Task An_input_from_elsewhere_is_not() => Union("given.Union(given);");

    private static Task Field(string members, string body) => AnalyzerTest.Verify<MutableFieldAnalyzer>("WEIR2003", $$"""
        public sealed class Sums : IAggregate<Flight, int, int>
        {
            {{members}}
            public int Create() => 0;
            public void Add(ref int sum, in Flight flight) { {{body}} }
            public void Merge(ref int sum, in int other) => sum += other;
            public int Result(in int sum) => sum;
        }
        """);

    private static Task Asked(string guarantee, string statement) => AnalyzerTest.Verify<GuaranteeAnalyzer>("WEIR0005", $$"""
        public sealed class Plain : ISink<Flight>
        {
            public string Description => "";
            public ISinkWriter<Flight> Open(SinkContext context) => throw new NotSupportedException();
        }
        public interface ISocket : ISource<Flight>, IUnreplayableSource;
        public static class P
        {
            [Pipeline(Guarantee = {{guarantee}})]
            public static void Define(
                Job job, ISource<Flight> log, ISocket socket, ISink<Flight> anywhere, ITransactionalSink<Flight> safe)
            {
                {{statement}}
            }
        }
        """);

    private static Task Union(string statement) => AnalyzerTest.Verify<IdlenessAnalyzer>("WEIR3004", $$"""
        public static class P
        {
            public static void Define(Job job, ISource<Flight> source, Stream<Flight> given)
            {
                var flights = job.From(source);
                var timed = flights.WithEventTime(f => f.Departure, TimeSpan.Zero);
                {{statement}}
            }
        }
        """);
}
