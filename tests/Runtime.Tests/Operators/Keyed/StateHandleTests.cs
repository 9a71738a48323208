using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Planning;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

public sealed class StateHandleTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Each_key_has_a_value_a_list_and_a_map_of_its_own(bool crash)
    {
        var script = new ProcessScript(crash, (process, value, context) =>
        {
            process.Value.Value += value;
            process.List.Add(value);
            process.Map[value % 2 == 0 ? "even" : "odd"] = value;
            context.Emit($"{context.Key}:{process.Value.Value}[{string.Join(',', process.List)}]"
                + $"{{{string.Join(',', process.Map.Select(entry => $"{entry.Key}={entry.Value}"))}}}");
        });
        script.Record(1, 1, 0).Record(2, 10, 0).Record(1, 2, 0).Record(1, 3, 0);
        Assert.Equal(
            "1:1[1]{odd=1}@0 2:10[10]{even=10}@0 1:3[1,2]{odd=1,even=2}@0 1:6[1,2,3]{odd=3,even=2}@0",
            script.Came());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_map_is_walked_in_the_order_in_which_its_keys_came_also_behind_removals(bool crash)
    {
        var random = new Random(7);
        var model = new List<(string Key, long Value)>();
        var script = new ProcessScript(crash, (process, value, context) =>
        {
            var key = $"k{value % 40}";
            if (value % 3 == 0)
            {
                Assert.Equal(model.RemoveAll(entry => entry.Key == key) > 0, process.Map.Remove(key));
            }
            else if (model.FindIndex(entry => entry.Key == key) is >= 0 and var place)
            {
                model[place] = (key, value);
                process.Map[key] = value;
            }
            else
            {
                model.Add((key, value));
                Assert.True(process.Map.TryAdd(key, value));
            }

            Assert.Equal(model, process.Map.Select(entry => (entry.Key, entry.Value)));
            Assert.Equal(model.Count, process.Map.Count);
        });
        for (var i = 0; i < 600; i++)
        {
            script.Record(1, random.Next(1000), 0);
        }
    }

    [Fact]
    public void What_is_cleared_takes_no_room_in_a_checkpoint()
    {
        var script = new ProcessScript(crash: false, (process, value, _) =>
        {
            process.Value.Value = value;
            process.List.AddRange([value, value]);
            process.Map["a"] = value;
            if (value == 0)
            {
                process.Value.Clear();
                process.List.RemoveRange(0, process.List.Count);
                process.Map.Remove("a");
            }
        });
        script.Record(1, 5, 0);
        Assert.NotEmpty(script.Snapshot().KeyGroups);
        script.Record(1, 0, 0);
        Assert.Empty(script.Snapshot().KeyGroups);
    }

    [Fact]
    public void A_reference_to_a_value_changes_it_in_place()
    {
        var script = new ProcessScript(crash: true, (process, value, context) =>
        {
            Assert.Equal(process.Value.HasValue, process.Value.TryGet(out _));
            process.Value.Ref += value;
            context.Emit($"{process.Value.Value}");
        });
        script.Record(1, 2, 0).Record(1, 3, 0);
        Assert.Equal("2@0 5@0", script.Came());
    }

    [Fact]
    public void A_handle_that_nobody_has_wired_says_so()
    {
        var message = Assert.Throws<InvalidOperationException>(() => new ValueState<int>().Value).Message;
        Assert.Contains("before it was wired", message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new ListState<int>().Add(1));
        Assert.Throws<InvalidOperationException>(() => new MapState<int, int>().Count);
    }

    [Fact]
    public void A_handle_outside_of_a_call_and_on_another_thread_says_so()
    {
        ScriptedProcess? kept = null;
        ProcessContext<long, string>? call = null;
        var script = new ProcessScript(crash: false, (process, _, context) =>
        {
            (kept, call) = (process, context);
            Exception? caught = null;
            var thread = new Thread(() => caught = Record.Exception(() => process.Value.Value = 1));
            thread.Start();
            thread.Join();
            Assert.Contains("on another thread", Assert.IsType<InvalidOperationException>(caught).Message, StringComparison.Ordinal);
        });
        script.Record(1, 1, 0);
        foreach (var use in (Action[])[() => kept!.Value.Clear(), () => kept!.List.Clear(), () => call!.Emit("x"), () => _ = call!.Key,
            () => call!.RegisterEventTimer(1)])
        {
            Assert.Contains("outside of a call", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_class_that_nobody_has_registered_is_refused_when_the_job_is_planned()
    {
        var job = JobOf(() => new Unregistered());
        var message = Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 1)).Message;
        Assert.Contains("'Process-1'", message, StringComparison.Ordinal);
        Assert.Contains("override Wire", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_states_of_one_name_are_refused_when_the_job_is_planned()
    {
        var job = JobOf(() => new Twice());
        var message = Assert.Throws<PlanException>(() => JobPlanner.Plan(job.Graph, 1)).Message;
        Assert.Contains("two states of the name 'count'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_process_for_all_subtasks_is_refused()
    {
        var shared = new ScriptedProcess((_, _, _) => { });
        var stage = JobOf(() => shared).Graph.Stages.Single(stage => stage.Verb == "Process");
        _ = new ProcessHarness<(long Key, long Value)>(stage);
        var message = Assert.Throws<InvalidOperationException>(() => new ProcessHarness<(long Key, long Value)>(stage)).Message;
        Assert.Contains("() => new", message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_of_base_classes_and_elements_of_arrays_are_states_of_their_own()
    {
        var stage = JobOf(() => new Derived()).Graph.Stages.Single(stage => stage.Verb == "Process");
        Assert.Equal(["base", "counts[0]", "counts[1]"], stage.DescribeStates().Select(state => state.Name));
        var harness = new ProcessHarness<(long Key, long Value)>(stage);
        harness.Records(((1, 0), 0), ((1, 1), 0));
        harness.Restore(harness.Snapshot());
        harness.Records(((1, 1), 0));
        Assert.Equal("1,1,0@0 2,1,1@0 3,1,2@0", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void Two_side_outputs_of_one_name_are_refused()
    {
        var results = Keyed().Process(() => new Derived());
        var side = new SideOutput<int>("odd");
        Assert.Same(results.Side(side).Output, results.Side(side).Output);
        Assert.Throws<InvalidOperationException>(() => results.Side(new SideOutput<int>("odd")));
        Assert.Throws<ArgumentException>(() => results.Where(_ => true).Side(side));
    }

    [Fact]
    public void A_state_that_came_begins_empty_and_one_that_is_gone_is_read_over()
    {
        var old = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("gone", "kept")));
        old.Records(((1, 5), 0), ((2, 7), 0));
        var written = old.Snapshot() with { Forms = new StoredForms([.. old.Operator.Schemas]) };

        var restored = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("came", "kept")));
        restored.Restore(written);
        restored.Records(((1, 1), 0), ((2, 1), 0));
        Assert.Equal("came=1,kept=6@0 came=1,kept=8@0", string.Join(' ', restored.Take()));
    }

    [Fact]
    public void A_checkpoint_of_other_states_is_taken_up_by_name_and_a_changed_type_is_refused()
    {
        var then = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("gone", "kept"))).Operator.Schemas;
        var now = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("came", "kept"))).Operator.Schemas;
        var notes = new List<string>();
        Assert.Null(SchemaDifference.Of(then, now, wasInterpreted: true, allowsLoss: true, notes));
        Assert.Equal(
            ["'state.came' (long) was not there and begins with its default", "'state.gone' (long) is left out"], notes.Order());

        var retyped = new ProcessHarness<(long Key, long Value)>(ProcessScript.StageOf((_, _, _) => { })).Operator.Schemas;
        var scalar = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("value", "list"))).Operator.Schemas;
        Assert.Equal("state.list", SchemaDifference.Of(retyped, scalar, wasInterpreted: true, allowsLoss: true)?.Path);
    }

    [Fact]
    public void A_state_that_is_gone_is_refused_unless_it_may_be_lost()
    {
        var then = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("gone", "kept"))).Operator.Schemas;
        var renamed = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("came", "kept"))).Operator.Schemas;
        var difference = SchemaDifference.Of(then, renamed, wasInterpreted: true);
        Assert.Equal("state.gone", difference?.Path);
        Assert.Equal(
            "If it is a field that has another name now ('came'), mark that one [WasNamed(\"gone\")]; else put 'gone' back. "
                + "To give its state up, set JobOptions.AllowNonRestoredState.",
            difference?.Advice);
        var removed = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("kept"))).Operator.Schemas;
        Assert.StartsWith("Put 'gone' back.", SchemaDifference.Of(then, removed, wasInterpreted: true)?.Advice, StringComparison.Ordinal);
        var more = new ProcessHarness<(long Key, long Value)>(StageOf(new Evolving("kept", "more", "gone"))).Operator.Schemas;
        Assert.Null(SchemaDifference.Of(then, more, wasInterpreted: true));
    }

    private static KeyedStream<(long Key, long Value), long> Keyed() =>
        new Job("states").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key);

    private static Job JobOf(Func<KeyedProcess<long, (long Key, long Value), string>> make)
    {
        var results = Keyed().Process(make);
        return results.To(new MemorySink<string>()).Job;
    }

    private static Graph.Stage StageOf(Evolving process) =>
        Keyed().Process(() => new Evolving(process.Names)).Stage;

    private sealed class Unregistered : KeyedProcess<long, (long Key, long Value), string>
    {
        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
        }
    }

    private sealed class Twice : KeyedProcess<long, (long Key, long Value), string>
    {
        private ValueState<int>? _one = new();
        private ValueState<int>? _two = new();

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
        }

        protected override void Wire(StateBinder binder)
        {
            binder.Bind("count", ref _one);
            binder.Bind("count", ref _two);
        }
    }

    private abstract class Parent : KeyedProcess<long, (long Key, long Value), string>
    {
        // Left to the wiring: null is filled.
        private ValueState<long>? _base;

        static Parent() => StateFields.Register<Parent>(static (process, binder) => binder.Bind("base", ref process._base));

        protected long Next() => ++_base!.Ref;
    }

    private sealed class Derived : Parent
    {
        private ValueState<long>?[]? _counts = new ValueState<long>?[2];

        static Derived() => StateFields.Register<Derived>(static (process, binder) => binder.Bind("counts", ref process._counts));

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            _counts![record.Value]!.Ref++;
            context.Emit($"{Next()},{_counts[0]!.Value},{_counts[1]!.Value}");
        }
    }

    private sealed class Evolving(params string[] names) : KeyedProcess<long, (long Key, long Value), string>
    {
        private readonly ValueState<long>?[] _states = new ValueState<long>?[names.Length];

        public string[] Names => names;

        public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context)
        {
            foreach (var state in _states)
            {
                state!.Ref += record.Value;
            }

            context.Emit(string.Join(',', names.Zip(_states, (name, state) => $"{name}={state!.Value}")));
        }

        protected override void Wire(StateBinder binder)
        {
            for (var i = 0; i < names.Length; i++)
            {
                binder.Bind(names[i], ref _states[i]);
            }
        }
    }
}
