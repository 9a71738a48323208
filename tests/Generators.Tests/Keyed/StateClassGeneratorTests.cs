using Microsoft.CodeAnalysis;
using Weir.Generators.Keyed;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Keyed;

public sealed class StateClassGeneratorTests
{
    private const string Source = """
        using Weir;

        namespace Shop;

        public sealed record Order(string Customer, int Amount);

        public abstract class Remembering<T> : KeyedProcess<string, Order, T>
            where T : notnull
        {
            [WasNamed("_latest")]
            private readonly ValueState<T> _last = new();
        }

        public sealed class Totals : Remembering<int>
        {
            private readonly ValueState<long>[] _sums = [new(), new()];
            private readonly MapState<string, List<Order>> _orders = new();
            private readonly ReducingState<long> _most = new ReducingState<long>(Math.Max).Named("most");
            private readonly AggregatingState<Order, (int Sum, int Count), double> _mean = new(null!);
            private readonly int _limit = Environment.TickCount;
            private static readonly SideOutput<Order> Late = new();

            public ListState<(int Amount, string Name)> Names { get; } = new();

            public override void OnRecord(Order order, ProcessContext<string, int> context) => _orders.Remove($"{_limit}{Late}");
        }

        public static class Pipelines
        {
            public static Stream<T> Run<T>(KeyedStream<Order, string> keyed) where T : notnull => keyed.Process(() => new Generic<T>());

            internal sealed class Generic<T> : Remembering<T>
                where T : notnull
            {
                public override void OnRecord(Order order, ProcessContext<string, T> context)
                {
                }
            }

            [Pipeline]
            public static void Define(Job job, ISource<Order> source, ISink<int> sink, ISink<string> names)
            {
                var keyed = job.From(source).KeyBy(o => o.Customer);
                keyed.Process(() => new Totals()).To(sink);
                Run<string>(keyed).To(names);
            }

            private sealed class Hidden : KeyedProcess<string, Order, int>
            {
                public override void OnRecord(Order order, ProcessContext<string, int> context)
                {
                }
            }
        }
        """;

    [Fact]
    public void Fields_are_reached_where_they_are_declared()
    {
        Assert.Empty(Compile.Source(Source).Complaints(new StateClassGenerator())
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Snapshot.Match(Compile.Source(Source).Run(new StateClassGenerator()).Text());
    }

    [Fact]
    public void What_a_call_does_with_a_state_changes_nothing() => Assert.All(
        Reasons(Source.Replace("_orders.Remove($\"{_limit}{Late}\")", "_orders.Remove(order.Customer + _limit + Late)", StringComparison.Ordinal)),
        static reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    [Theory]
    [InlineData("ValueState<long>[] _sums", "ValueState<int>[] _sums")]
    [InlineData("private readonly MapState<string, List<Order>> _orders = new();", "private readonly MapState<string, List<Order>> _orders = new(); private readonly ListState<int> _more = new();")]
    [InlineData("Run<string>(keyed).To(names);", "Run<long>(keyed).To((ISink<long>)(object)names);")]
    [InlineData("[WasNamed(\"_latest\")]", "")]
    public void A_state_that_changes_is_written_anew(string before, string after) =>
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(Source.Replace(before, after, StringComparison.Ordinal)));

    private static IncrementalStepRunReason[] Reasons(string edited) =>
        Compile.Source(Source).Reasons(edited, StateClassGenerator.MergeStep, new StateClassGenerator());
}
