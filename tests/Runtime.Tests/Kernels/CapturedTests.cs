using Weir.Graph;
using Weir.Runtime.Kernels;

namespace Weir.Runtime.Tests.Kernels;

/// <summary>Captured values are found in the object that a delegate holds, or the stages are interpreted.</summary>
public sealed class CapturedTests
{
    private readonly string _own = "own";

    [Fact]
    public void A_parameter_is_found_by_name_and_type()
    {
        var where = Where(5, "x");
        Assert.Equal(5, Captured.Value<int>(where, "least"));
        Assert.True(Captured.HasValue<string>(where, "text"));
        Assert.False(Captured.HasValue<long>(where, "least"));
        Assert.False(Captured.HasValue<int>(where, "most"));
        Assert.Throws<InvalidOperationException>(() => Captured.Value<long>(where, "least"));
    }

    [Fact]
    public void A_variable_of_a_scope_around_is_found_and_each_round_of_a_loop_has_its_own()
    {
        var job = new Job("j");
        var numbers = job.From(new MemorySource<int>([1]));
        var outer = 3;
        foreach (var round in new[] { 1, 2 })
        {
            var inner = round * 10;
            numbers.Where(n => n > outer + inner + round).To(new MemorySink<int>());
        }

        var found = job.Graph.Stages.OfType<WhereStage<int>>().Select(static stage =>
            (Captured.Value<int>(stage, "outer"), Captured.Value<int>(stage, "inner"), Captured.Value<int>(stage, "round")));
        Assert.Equal([(3, 10, 1), (3, 20, 2)], found);
    }

    [Fact]
    public void The_object_whose_method_made_a_function_is_found_alone_and_beside_variables()
    {
        var local = 2;
        Assert.Same(this, Captured.This<CapturedTests>(Last(numbers => numbers.Where(n => n > _own.Length))));
        Assert.Same(this, Captured.This<CapturedTests>(Last(numbers => numbers.Where(n => n > _own.Length + local))));
        Assert.False(Captured.HasThis<CapturedTests>(Last(numbers => numbers.Where(static n => n > 1))));
    }

    [Fact]
    public void The_object_in_front_of_the_dot_of_a_method_is_found()
    {
        var known = new HashSet<int> { 1 };
        Assert.Same(known, Captured.Target<HashSet<int>>(Last(numbers => numbers.Where(known.Contains))));
    }

    [Fact]
    public void Nothing_is_read_from_fields_of_objects_that_people_wrote() =>
        Assert.False(Captured.HasValue<string>(Last(numbers => numbers.Where(n => n > _own.Length)), "_own"));

    [Fact]
    public void A_loop_that_cannot_read_what_was_captured_is_not_used()
    {
        var where = Where(5, "x");
        var graph = new Job("j").Graph;
        graph.Attach(where, new Loop("most"));
        Assert.Null(graph.FindSpan(where, 1));
        var readable = new Loop("least");
        graph.Attach(where, readable);
        Assert.Same(readable, graph.FindSpan(where, 1));
    }

    private static Stage Where(int least, string text) => Last(numbers => numbers.Where(n => n > least && text.Length > 0));

    private static Stage Last(Func<Stream<int>, Stream<int>> verb) => verb(new Job("j").From(new MemorySource<int>([1]))).Stage;

    private sealed class Loop(string name) : SpanFactory(1)
    {
        public override bool Fits(IReadOnlyList<Stage> stages) => Captured.HasValue<int>(stages[0], name);

        public override object Build(SpanContext context) => throw new NotSupportedException();
    }
}
