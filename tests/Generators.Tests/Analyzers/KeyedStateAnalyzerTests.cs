using Weir.Analyzers;
using Weir.Analyzers.Contracts;

namespace Weir.Generators.Tests.Analyzers;

public sealed class KeyedStateAnalyzerTests
{
    [Fact]
    public Task A_state_that_nothing_clears_is_reported() =>
        Never("private readonly ValueState<int> [|_count|] = new();", "_count.Value++;");

    [Fact]
    public Task So_is_a_map_that_only_grows() =>
        Never("private readonly MapState<string, int> [|_seen|] = new();", "_seen[flight.Origin] = flight.Delay;");

    [Fact]
    public Task So_is_a_list_that_is_only_read_and_added_to() =>
        Never("private readonly ListState<int> [|_all|] = new();", "_all.Add(1); context.Emit(_all[0] + _all.Count);");

    [Fact]
    public Task A_state_that_is_cleared_is_not() => Never("private readonly ValueState<int> _count = new();", "_count.Clear();");

    [Fact]
    public Task Nor_one_whose_entries_are_removed() =>
        Never("private readonly MapState<string, int> _seen = new();", "_seen.Remove(flight.Origin);");

    [Fact]
    public Task Nor_one_that_is_set_to_nothing() =>
        Never("private readonly ValueState<string?> _last = new();", "_last.Value = null;");

    [Fact]
    public Task Nor_one_that_is_handed_on() => Never(
        "private readonly ListState<int> _all = new(); private static void Shrink(ListState<int> all) => all.Clear();", "Shrink(_all);");

    [Fact]
    public Task Nor_one_of_an_array_that_is_cleared() =>
        Never("private readonly ValueState<int>[] _counts = [new(), new()];", "_counts[0].Value++; _counts[1].Clear();");

    [Fact]
    public Task Nor_one_that_others_can_reach() => Never("public ValueState<int> Count { get; } = new();", "Count.Value++;");

    [Fact]
    public Task Nor_one_that_expires() =>
        Never("private readonly MapState<string, int> _seen = new(StateTtl.Of(TimeSpan.FromDays(1)));", "_seen[flight.Origin] = 1;");

    [Fact]
    public Task Nor_one_whose_time_to_live_stands_elsewhere() => Never(
        "private static readonly StateTtl Day = StateTtl.Of(TimeSpan.FromDays(1)); private readonly ValueState<int>[] _a = [new(Day)];",
        "_a[0].Value++;");

    [Fact]
    public Task One_that_folds_is_reported_too() =>
        Never("private readonly ReducingState<int> [|_sum|] = new((a, b) => a + b);", "_sum.Add(flight.Delay);");

    [Fact]
    public Task Nor_is_one_that_is_given_a_name_made_elsewhere() => NotWired(
        "private readonly ValueState<int> _count = new ValueState<int>().Named(\"count\");", "_count.Clear();");

    [Fact]
    public Task A_static_state_cannot_be_wired() =>
        NotWired("private static readonly ValueState<int> [|Count|] = new();", "Count.Clear();");

    [Fact]
    public Task Nor_can_one_that_is_made_elsewhere() => NotWired(
        "private readonly ValueState<int> [|_count|] = Make(); private static ValueState<int> Make() => new();", "_count.Clear();");

    [Fact]
    public Task One_that_the_constructor_makes_can() => NotWired(
        "private readonly ValueState<int> _count; public Process() { _count = new(); }", "_count.Clear();");

    [Fact]
    public Task One_without_a_value_can() => NotWired("private ValueState<int>? _count;", "_count!.Clear();");

    [Fact]
    public Task A_class_that_generated_code_cannot_reach_is_reported() => AnalyzerTest.Verify<KeyedStateAnalyzer>("WEIR2005", """
        public static class Outer
        {
            private sealed class Hidden : KeyedProcess<string, Flight, int>
            {
                private readonly ValueState<int> [|_count|] = new();
                public override void OnRecord(Flight flight, ProcessContext<string, int> context) => _count.Clear();
            }
        }
        """);

    [Fact]
    public Task One_that_wires_itself_is_not() => AnalyzerTest.Verify<KeyedStateAnalyzer>("WEIR2005", """
        public static class Outer
        {
            private sealed class Hidden : KeyedProcess<string, Flight, int>
            {
                private ValueState<int>? _count = new();
                public override void OnRecord(Flight flight, ProcessContext<string, int> context) => _count!.Clear();
                protected override void Wire(StateBinder binder) => binder.Bind(nameof(_count), ref _count);
            }
        }
        """);

    [Fact]
    public Task A_state_of_a_class_that_no_verb_runs_is_reported() => AnalyzerTest.Verify<KeyedStateAnalyzer>("WEIR2005", """
        public sealed class Totals
        {
            private readonly ValueState<int> [|_count|] = new();
            public void Clear() => _count.Clear();
        }
        """);

    [Fact]
    public Task An_ordinary_field_that_a_process_changes_is_lost() => AnalyzerTest.Verify<MutableFieldAnalyzer>("WEIR2003", """
        public sealed class Process(int step) : KeyedProcess<string, Flight, int>
        {
            private readonly ValueState<int> _kept = new();
            private readonly MapState<string, int> _map = new();
            private readonly ListState<int> _list = new();
            private readonly ValueState<int>[] _many = [new()];
            private readonly int _start = 1;
            private int [|_lost|];

            public override void OnRecord(Flight flight, ProcessContext<string, int> context)
            {
                _kept.Value += step + _start;
                _map[flight.Origin] = 1;
                _list.Add(1);
                _many[0].Value++;
                _lost++;
            }
        }
        """);

    [Fact]
    public Task So_is_one_that_a_trigger_changes() => AnalyzerTest.Verify<MutableFieldAnalyzer>("WEIR2003", """
        public sealed class Big : Trigger<Flight, int>
        {
            private int [|_seen|];

            public override TriggerResult OnRecord(Flight record, long time, ref int state, TriggerContext context)
            {
                state++;
                return ++_seen > 3 ? TriggerResult.Fire : TriggerResult.Wait;
            }
        }
        """);

    [Fact]
    public Task What_a_state_holds_needs_a_codec() => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", """
        public sealed class Bad(Action callback)
        {
            public Action [|Callback|] { get; } = callback;
        }

        public sealed class Process : KeyedProcess<string, Flight, int>
        {
            private readonly ValueState<Bad> _bad = new();
            private readonly ListState<Action> [|_actions|] = new();
            private readonly MapState<string, List<Flight>> _good = new();

            public override void OnRecord(Flight flight, ProcessContext<string, int> context) { }
        }
        """);

    [Fact]
    public Task So_does_what_a_trigger_remembers() => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", """
        public sealed class [|Remembering|] : Trigger<Flight, Action>
        {
            public override TriggerResult OnRecord(Flight record, long time, ref Action state, TriggerContext context) =>
                TriggerResult.Wait;
        }
        """);

    private static Task Never(string members, string body) => Verify("WEIR2004", members, body);

    private static Task NotWired(string members, string body) => Verify("WEIR2005", members, body);

    private static Task Verify(string id, string members, string body) => AnalyzerTest.Verify<KeyedStateAnalyzer>(id, $$"""
        public sealed class Process : KeyedProcess<string, Flight, int>
        {
            {{members}}
            public override void OnRecord(Flight flight, ProcessContext<string, int> context) { {{body}} }
        }
        """);
}
