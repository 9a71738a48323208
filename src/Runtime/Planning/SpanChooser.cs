using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Divides a chain into loops: from each stage on, the longest generated one that fits, else the stage alone.</summary>
internal sealed class SpanChooser(PipelineGraph graph, ChainCuts cuts, EventTimes times, bool forceInterpreted, StoredFolds folds)
{
    public SpanPlan Choose(Stage first)
    {
        var run = UnbranchedFrom(first);
        bool? areTimed = first.Inputs is [var input] ? times.AreOn(input) : null;
        var longest = !forceInterpreted ? run.Count : folds.KeepAccumulators(first) ? 1 : 0;
        for (var length = longest; length > 0; length--)
        {
            var last = run[length - 1];
            if (!folds.KeepRecords(last) && graph.FindSpan(last, length, areTimed) is { } compiled && Fits(last))
            {
                return Span(run[..length], compiled);
            }
        }

        return Span([first], null);
    }

    // A loop that ends in a stage like KeyBy writes into an exchange. Where there is none, the next loop begins with that stage or needs no
    // help of it.
    private bool Fits(Stage last) => !last.IsSendingSide || cuts.IsExchange(last);

    private SpanPlan Span(IReadOnlyList<Stage> stages, CompiledSpan? compiled)
    {
        var last = stages[^1];
        return new SpanPlan(stages, compiled, cuts.IsExchange(last), [.. cuts.ChildrenOf(last).Select(Choose)], cuts.OutputsOf(last))
        {
            MakesTimed = times.AreBehind(last),
        };
    }

    private List<Stage> UnbranchedFrom(Stage first)
    {
        List<Stage> run = [first];
        while (cuts.ChildrenOf(run[^1]) is [var only] && cuts.OutputsOf(run[^1]).Count == 0)
        {
            run.Add(only);
        }

        return run;
    }
}
