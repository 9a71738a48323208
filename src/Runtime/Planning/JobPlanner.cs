using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Planning;

/// <summary>Cuts a pipeline into chains. Pure: the same graph and settings give the same plan.</summary>
/// <remarks>
/// A chain is cut at a <c>KeyBy</c>, <c>Broadcast</c>, <c>Partition</c> and <c>Rebalance</c>, unless both sides have one
/// subtask; where the parallelism changes; and before a union. A branch is no cut: the batch is handed to each user in turn. Within a
/// chain the longest generated loops that fit are used; what is left is interpreted a stage at a time.
/// </remarks>
internal static class JobPlanner
{
    /// <summary>Makes the plan.</summary>
    /// <param name="graph">The pipeline.</param>
    /// <param name="parallelism">The number of subtasks of operators that do not say.</param>
    /// <param name="keyGroupCount">The number of key groups of the job's state; 0 for what a new job of that parallelism gets.</param>
    /// <param name="forceInterpreted">Leaves generated code aside.</param>
    /// <param name="keptEdges">
    /// The names of edges on which something was in flight in the checkpoint that the job begins with: chains are cut there even where
    /// they need not be. Null for none.
    /// </param>
    /// <param name="folds">In which form the aggregates of the checkpoint are kept that it begins with; null for none.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PlanException">The pipeline cannot run as it is described.</exception>
    public static JobPlan Plan(
        PipelineGraph graph,
        int parallelism,
        int keyGroupCount = 0,
        bool forceInterpreted = false,
        IReadOnlySet<string>? keptEdges = null,
        StoredFolds? folds = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        PlanChecks.CheckInputs(graph);
        var parallelisms = Parallelisms(graph, parallelism);
        var groups = keyGroupCount > 0 ? keyGroupCount : KeyGroups.DefaultCount(parallelisms.Append(parallelism).Max());
        var times = new EventTimes(graph);
        new PlanChecks(graph, times, stage => parallelisms[stage.Index], groups).Check();
        var cuts = new ChainCuts(graph, times, parallelisms, keptEdges ?? new HashSet<string>());
        PlanChecks.CheckHolding(graph, cuts);
        PlanChecks.CheckTimesOfSources(graph, cuts);
        EdgeCodecs.Check(cuts.Edges, cuts.Heads);
        var spans = new SpanChooser(graph, cuts, times, forceInterpreted, folds ?? StoredFolds.None);
        return new JobPlan([.. cuts.Heads.Select((head, index) => Chain(graph, cuts, spans, head, index, parallelisms))], groups);
    }

    // The sending side of an exchange runs where the stream before it runs.
    private static int[] Parallelisms(PipelineGraph graph, int parallelism)
    {
        var result = new int[graph.Stages.Count];
        foreach (var stage in graph.Stages)
        {
            result[stage.Index] = stage.IsSendingSide
                ? result[stage.Inputs[0].Stage.Index]
                : (stage.RunsWith ?? stage).Parallelism ?? parallelism;
        }

        return result;
    }

    private static ChainPlan Chain(PipelineGraph graph, ChainCuts cuts, SpanChooser spans, Stage head, int index, int[] parallelisms) =>
        new(
        index,
        parallelisms[head.Index],
        [.. graph.Stages.Where(stage => cuts.ChainOf(stage) == index)],
        [.. cuts.Edges.Where(edge => edge.To == index)],
        spans.Choose(head));
}
