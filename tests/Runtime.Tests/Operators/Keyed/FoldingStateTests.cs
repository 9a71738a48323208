using Weir.Runtime.Planning;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>States that fold what is added to them, names that are given, and defaults.</summary>
public sealed class FoldingStateTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Each_key_folds_what_is_added_of_it(bool crash)
    {
        var harness = HarnessOf(() => new Folding());
        foreach (var (key, value) in (ReadOnlySpan<(long, long)>)[(1, 5), (2, 7), (1, 3), (1, 10), (2, 0)])
        {
            if (crash)
            {
                harness.Restore(harness.Snapshot());
            }

            harness.Records(((key, value), 0));
        }

        Assert.Equal(
            "1: max 5, average 5@0 2: max 7, average 7@0 1: max 5, average 4@0 1: max 10, average 6@0 2: max -, average -@0",
            string.Join(' ', harness.Take()));
    }

    [Fact]
    public void What_is_cleared_is_in_no_checkpoint()
    {
        var harness = HarnessOf(() => new Folding());
        harness.Records(((1, 5), 0), ((1, 0), 0));
        Assert.Empty(harness.Snapshot().KeyGroups);
    }

    [Fact]
    public void A_function_that_throws_leaves_the_value_as_it_was()
    {
        var harness = HarnessOf(() => new Strict());
        harness.Records(((1, 5), 0));
        Assert.Throws<OperatorException>(() => harness.Records(((1, -1), 0)));
        harness.Take();
        harness.Records(((1, 1), 0));
        Assert.Equal("6@0", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void A_state_that_folds_and_that_nobody_has_made_is_refused_when_the_job_is_planned()
    {
        var job = new Job("null").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key)
            .Process(() => new Unmade()).To(new MemorySink<string>()).Job;
        var message = Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 1)).Message;
        Assert.Contains("'sum' is null", message, StringComparison.Ordinal);
        Assert.Contains("= new((a, b) => …)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_given_counts_and_not_that_of_the_field()
    {
        var stage = StageOf(() => new Named("first"));
        Assert.Equal(["value", "list", "map", "sum", "mean"], stage.DescribeStates().Select(state => state.Name));
        var old = HarnessOf(() => new Named("first"));
        old.Records(((1, 5), 0));
        var renamed = HarnessOf(() => new Named("second"));
        renamed.Restore(old.Snapshot() with { Forms = new StoredForms([.. old.Operator.Schemas]) });
        renamed.Records(((1, 6), 0));
        Assert.Equal("11 2 2 11 5@0", string.Join(' ', renamed.Take()));
        Assert.Throws<ArgumentException>(() => new ValueState<int>().Named(" "));
    }

    [Fact]
    public void A_key_begins_with_the_default_and_has_no_value_for_that()
    {
        var harness = HarnessOf(() => new Beginning());
        harness.Records(((1, 1), 0), ((1, 2), 0), ((1, 0), 0), ((1, 4), 0));
        Assert.Equal("False 100:101@0 True 101:103@0 False 100:100@0 True 100:104@0", string.Join(' ', harness.Take()));
    }

    private static ProcessHarness<(long Key, long Value)> HarnessOf(Func<KeyedProcess<long, (long Key, long Value), string>> make) =>
        new(StageOf(make));

    private static Graph.Stage StageOf(Func<KeyedProcess<long, (long Key, long Value), string>> make) =>
        new Job("folding").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key).Process(make).Stage;

    private sealed class Mean : IAggregate<long, (long Sum, long Count), long>
    {
        public (long Sum, long Count) Create() => (0, 0);

        public void Add(ref (long Sum, long Count) accumulator, in long record) =>
            accumulator = (accumulator.Sum + record, accumulator.Count + 1);

        public void Merge(ref (long Sum, long Count) accumulator, in (long Sum, long Count) other) =>
            accumulator = (accumulator.Sum + other.Sum, accumulator.Count + other.Count);

        public long Result(in (long Sum, long Count) accumulator) => accumulator.Sum / accumulator.Count;
    }

    private sealed class Folding : KeyedProcess<long, (long Key, long Value), string>
    {
        private ReducingState<long>? _greatest = new(Math.Max);
        private AggregatingState<long, (long Sum, long Count), long>? _mean = new(new Mean());

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            if (record.Value == 0)
            {
                _greatest!.Clear();
                _mean!.Clear();
            }
            else
            {
                _greatest!.Add(record.Value);
                _mean!.Add(record.Value);
            }

            context.Emit($"{context.Key}: max {(_greatest.HasValue ? _greatest.Value : "-")}, "
                + $"average {(_mean.HasValue ? _mean.Value : "-")}");
        }

        protected override void Wire(StateBinder binder)
        {
            binder.Bind("greatest", ref _greatest);
            binder.Bind("mean", ref _mean);
        }
    }

    private sealed class Strict : KeyedProcess<long, (long Key, long Value), string>
    {
        private ReducingState<long>? _sum = new(static (sum, value) => value < 0 ? throw new ArgumentException("no") : sum + value);

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            _sum!.Add(record.Value);
            context.Emit($"{_sum.Value}");
        }

        protected override void Wire(StateBinder binder) => binder.Bind("sum", ref _sum);
    }

    private sealed class Unmade : KeyedProcess<long, (long Key, long Value), string>
    {
        private ReducingState<long>? _sum;

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context) => _sum!.Add(1);

        protected override void Wire(StateBinder binder) => binder.Bind("sum", ref _sum);
    }

    private sealed class Named(string field) : KeyedProcess<long, (long Key, long Value), string>
    {
        private ValueState<long>? _value = new ValueState<long>().Named("value");
        private ListState<long>? _list = new ListState<long>().Named("list");
        private MapState<long, long>? _map = new MapState<long, long>().Named("map");
        private ReducingState<long>? _sum = new ReducingState<long>(static (left, right) => left + right).Named("sum");
        private AggregatingState<long, (long, long), long>? _mean =
            new AggregatingState<long, (long, long), long>(new Mean()).Named("mean");

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            _value!.Value += record.Value;
            _list!.Add(record.Value);
            _map![record.Value] = 1;
            _sum!.Add(record.Value);
            _mean!.Add(record.Value);
            context.Emit($"{_value.Value} {_list.Count} {_map.Count} {_sum.Value} {_mean.Value}");
        }

        protected override void Wire(StateBinder binder)
        {
            binder.Bind($"{field}1", ref _value);
            binder.Bind($"{field}2", ref _list);
            binder.Bind($"{field}3", ref _map);
            binder.Bind($"{field}4", ref _sum);
            binder.Bind($"{field}5", ref _mean);
        }
    }

    private sealed class Beginning : KeyedProcess<long, (long Key, long Value), string>
    {
        private ValueState<long>? _value = new() { Default = 100 };

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            if (record.Value == 0)
            {
                _value!.Clear();
            }

            context.Emit($"{_value!.HasValue} {_value.Value}:{_value.Ref += record.Value}");
        }

        protected override void Wire(StateBinder binder) => binder.Bind("value", ref _value);
    }
}
