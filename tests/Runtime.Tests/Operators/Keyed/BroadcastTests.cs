using Weir.Runtime.Planning;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Processes with state that every subtask holds alike, and lists that subtasks keep.</summary>
public sealed class BroadcastTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Records_are_treated_by_what_was_broadcast_before(bool crash)
    {
        var harness = Make();
        foreach (var (isRule, text, value) in (ReadOnlySpan<(bool, string, long)>)[(false, "a", 1), (true, "a", 10), (false, "a", 2),
            (true, "b", 20), (false, "b", 3), (true, "a", 0), (false, "a", 4), (true, "a", 30), (false, "a", 5)])
        {
            if (crash)
            {
                harness.Restore(harness.Snapshot());
            }

            harness.Records((Of(isRule, text, value), 7));
        }

        Assert.Equal(
            "a 1:1 by [] @7 a 2:3 by [a=10] @7 b 3:3 by [a=10,b=20] @7 a 4:7 by [b=20] @7 a 5:12 by [b=20,a=30] @7",
            string.Join(' ', harness.Take()));
    }

    [Fact]
    public void H3_each_new_subtask_gets_one_full_copy_even_if_a_subtask_reported_none()
    {
        var first = Make();
        first.Records((Of(true, "a", 10), 0), (Of(true, "b", 20), 0), (Of(true, "a", 0), 0));
        var dealt = Rescaling.Deal("Process-1", [OperatorState.Empty("Process-1"), first.Snapshot()], 5, 128);
        foreach (var state in dealt)
        {
            var harness = Make();
            harness.Restore(state with { KeyGroups = [], Shared = [] });
            harness.Records((Of(false, "x", 1), 0));
            Assert.Equal("x 1:1 by [b=20] @0", string.Join(' ', harness.Take()));
        }
    }

    [Fact]
    public void State_of_a_key_is_refused_where_there_is_no_key()
    {
        var harness = Make();
        var failure = Assert.Throws<OperatorException>(() => harness.Records((Of(true, "key", 1), 0)));
        Assert.Contains("a record that goes to every subtask has none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broadcast_state_is_written_in_OnBroadcast_only()
    {
        var harness = Make();
        harness.Records((Of(true, "a", 1), 0));
        var failure = Assert.Throws<OperatorException>(() => harness.Records((Of(false, "write", 1), 0)));
        Assert.Contains("outside of OnBroadcast", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_refuses_a_stream_that_is_neither_keyed_nor_broadcast()
    {
        var job = new Job("broadcast");
        var keyed = job.From(new MemorySource<string>([])).KeyBy(text => text);
        var message = Assert.Throws<ArgumentException>(() => keyed.Connect(job.From(new MemorySource<long>([])))).Message;
        Assert.Contains("Connect(other.Broadcast())", message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_records_that_are_broadcast_go_through_one_subtask_so_that_all_see_them_in_one_order()
    {
        var job = new Job("broadcast");
        var rules = job.From(new MemorySource<(string, long)>([])).Broadcast();
        job.From(new MemorySource<(string Key, long Value)>([])).KeyBy(record => record.Key).Connect(rules)
            .Process(() => new Ruled()).To(new MemorySink<string>());
        var plan = JobPlanner.Plan(job.Graph, 3);
        var toAll = plan.Chains.SelectMany(chain => chain.Inputs).Single(edge => edge.Kind == EdgeKind.Broadcast);
        Assert.Equal(1, plan.Chains[toAll.From].Parallelism);
        Assert.Equal(3, plan.Chains[toAll.To].Parallelism);
    }

    [Theory, InlineData(Redistribution.Split), InlineData(Redistribution.Union)]
    public void H3_items_of_a_list_are_dealt_out_as_is_said(Redistribution redistribution)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (random.Next(1, 8), random.Next(1, 8));
            var old = new List<OperatorState>();
            var all = new List<long>();
            for (var subtask = 0; subtask < before; subtask++)
            {
                var harness = Listing(redistribution);
                for (var i = random.Next(6); i > 0; i--)
                {
                    all.Add(all.Count + 1);
                    harness.Records(((1, all.Count), 0));
                }

                old.Add(harness.Snapshot() with { KeyGroups = [] });
            }

            var came = Rescaling.Deal("Process-1", old, after, 128).Select(state =>
            {
                var harness = Listing(redistribution);
                harness.Restore(state with { Shared = [] });
                harness.Records(((1, 0), 0));
                return ((string)harness.Take().Single().Value!).Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(long.Parse).ToList();
            }).ToList();
            if (redistribution == Redistribution.Union)
            {
                Assert.All(came, items => Assert.Equal(all, items));
            }
            else
            {
                Assert.Equal(all, came.SelectMany(static items => items).Order());
                Assert.True(
                    before == after || came.Max(items => items.Count) - came.Min(items => items.Count) <= 1, $"seed {seed}: loads differ");
            }
        }
    }

    [Fact]
    public void A_list_that_has_another_name_is_found_by_its_former_one()
    {
        var old = Listing(Redistribution.Split, "old");
        old.Records(((1, 5), 0));
        var renamed = Listing(Redistribution.Split, "new", "old");
        renamed.Restore(old.Snapshot() with { Forms = new StoredForms([.. old.Operator.Schemas]) });
        renamed.Records(((1, 0), 0));
        Assert.Equal("5@0", string.Join(' ', renamed.Take()));
    }

    private static Either<(string Key, long Value), (string Key, long Value)> Of(bool isRule, string key, long value) =>
        isRule ? new(false, default, (key, value)) : new(true, (key, value), default);

    private static ProcessHarness<Either<(string Key, long Value), (string Key, long Value)>> Make()
    {
        var job = new Job("broadcast");
        var rules = job.From(new MemorySource<(string Key, long Value)>([])).Broadcast();
        return new(job.From(new MemorySource<(string Key, long Value)>([])).KeyBy(record => record.Key).Connect(rules)
            .Process(() => new Ruled()).Stage);
    }

    private static ProcessHarness<(long Key, long Value)> Listing(Redistribution redistribution, params string[] names) =>
        new(new Job("lists").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key)
            .Process(() => new Listed(redistribution, names)).Stage);

    private sealed class Ruled : BroadcastProcess<string, (string Key, long Value), (string Key, long Value), string>
    {
        private BroadcastState<string, long>? _rules = new();
        private ValueState<long>? _sum = new();
        private BroadcastContext? _kept;

        public override void OnRecord((string Key, long Value) record, ProcessContext<string, string> context)
        {
            if (record.Key == "write")
            {
                _kept!.Writing(_rules!).Clear();
            }

            _sum!.Value += record.Value;
            context.Emit($"{context.Key} {record.Value}:{_sum.Value} by "
                + $"[{string.Join(',', _rules!.Select(rule => $"{rule.Key}={rule.Value}"))}] ");
        }

        public override void OnBroadcast((string Key, long Value) rule, BroadcastContext context)
        {
            _kept = context;
            var rules = context.Writing(_rules!);
            if (rule.Key == "key")
            {
                _sum!.Value = 1;
            }
            else if (rule.Value == 0)
            {
                rules.Remove(rule.Key);
            }
            else
            {
                rules[rule.Key] = rule.Value;
            }
        }

        protected override void Wire(StateBinder binder)
        {
            binder.Bind("rules", ref _rules);
            binder.Bind("sum", ref _sum);
        }
    }

    private sealed class Listed(Redistribution redistribution, string[] names) : KeyedProcess<long, (long Key, long Value), string>
    {
        private OperatorListState<long>? _items = new(redistribution);

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            if (record.Value > 0)
            {
                _items!.Add(record.Value);
            }
            else
            {
                context.Emit(string.Join(',', _items!));
            }
        }

        protected override void Wire(StateBinder binder) => binder.Bind(names.FirstOrDefault("items"), ref _items, [.. names.Skip(1)]);
    }
}
