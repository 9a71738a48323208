using Weir.Analyzers.Contracts;

namespace Weir.Generators.Tests.Analyzers;

public sealed class KeyOfBroadcastAnalyzerTests
{
    [Fact]
    public Task A_state_of_a_key_is_reported_where_it_is_touched() => Verify("[|_count|].Value++;", "");

    [Fact]
    public Task So_is_one_that_is_only_read() => Verify("if ([|_seen|].Count > 0) { context.Writing(_rules)[rule] = 1; }", "");

    [Fact]
    public Task So_is_one_in_a_lambda() => Verify("Action clear = () => [|_count|].Clear(); clear();", "");

    [Fact]
    public Task So_is_one_in_a_method_that_is_called() =>
        Verify("Forget();", "private void Forget() => Reset(); private void Reset() => [|_count|].Clear();");

    [Fact]
    public Task So_is_one_of_a_property_that_is_asked() =>
        Verify("if (IsNew) { context.Writing(_rules)[rule] = 1; }", "private bool IsNew => [|_count|].Value == 0;");

    [Fact]
    public Task What_all_subtasks_hold_alike_is_not() => Verify("context.Writing(_rules)[rule] = _rules.Count;", "");

    [Fact]
    public Task Nor_is_a_method_that_only_a_record_calls() => Verify("", "private void Reset() => _count.Clear();", "Reset();");

    [Fact]
    public Task Nor_is_the_name_of_a_state() => Verify("throw new Exception(nameof(_count));", "");

    [Fact]
    public Task Nor_is_state_of_another_class() => AnalyzerTest.Verify<KeyOfBroadcastAnalyzer>("WEIR2006", """
        public sealed class Process : KeyedProcess<string, Flight, int>
        {
            private readonly ValueState<int> _count = new();
            public override void OnRecord(Flight flight, ProcessContext<string, int> context) => OnBroadcast();
            private void OnBroadcast() => _count.Value++;
        }
        """);

    private static Task Verify(string onBroadcast, string members, string onRecord = "") =>
        AnalyzerTest.Verify<KeyOfBroadcastAnalyzer>("WEIR2006", $$"""
        public sealed class Process : BroadcastProcess<string, Flight, string, int>
        {
            private readonly BroadcastState<string, int> _rules = new();
            private readonly ValueState<int> _count = new();
            private readonly MapState<string, int> _seen = new();
            {{members}}
            public override void OnBroadcast(string rule, BroadcastContext context) { {{onBroadcast}} }
            public override void OnRecord(Flight flight, ProcessContext<string, int> context)
            {
                _count.Value++;
                {{onRecord}}
            }
        }
        """);
}
