using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Refuses pipelines that could not run, before anything is opened.</summary>
internal sealed class PlanChecks(PipelineGraph graph, EventTimes times, Func<Stage, int> parallelismOf, int keyGroupCount)
{
    public void Check()
    {
        if (graph.Stages.Count == 0)
        {
            throw new PlanException("The pipeline is empty: begin it with From(source) and end it with To(sink).");
        }

        CheckIds();
        FileUses.Check(graph);
        foreach (var stage in graph.Stages)
        {
            CheckParallelism(stage);
            CheckEnd(stage);
            CheckStates(stage);
            CheckSending(stage);
            if (stage.NeedsEventTime && !stage.Inputs.All(times.AreOn))
            {
                throw new PlanException(
                    $"'{stage.Id}' {(stage.WindowForm is null ? "goes by event time" : "aggregates windows of event time")}, but the "
                        + "stream before it has no event times. Call WithEventTime before KeyBy.");
            }
        }
    }

    /// <summary>Refuses streams that nobody puts out: everything else asks inputs for their stages.</summary>
    public static void CheckInputs(PipelineGraph graph)
    {
        foreach (var stage in graph.Stages)
        {
            if (stage.Inputs.FirstOrDefault(input => !input.IsMade) is { } missing)
            {
                throw new PlanException(
                    $"'{stage.Id}' takes in the stream '{missing.Name}' of a windowed stream that is never aggregated. Aggregate what "
                        + "LateTo returned.");
            }
        }
    }

    /// <summary>Refuses stages that take the times of a source in subtasks that are not its own.</summary>
    public static void CheckTimesOfSources(PipelineGraph graph, ChainCuts cuts)
    {
        foreach (var stage in graph.Stages.Where(stage => stage.TakesTimesOfSource))
        {
            var source = stage.Inputs[0].Stage;
            if (cuts.ChainOf(source) != cuts.ChainOf(stage))
            {
                throw new PlanException(
                    $"'{stage.Id}' takes the times that '{source.Id}' knows, and must run in its subtasks. Give both the same parallelism, "
                        + "or say when a record happened: WithEventTime(o => o.At, …).");
            }
        }
    }

    /// <summary>Refuses stages that would have a source wait that is not theirs to hold.</summary>
    public static void CheckHolding(PipelineGraph graph, ChainCuts cuts)
    {
        foreach (var stage in graph.Stages.Where(stage => stage.HoldsInputBack))
        {
            var before = stage.Inputs[0].Stage;
            while (cuts.ChainOf(before) == cuts.ChainOf(stage) && !before.IsSource && !before.NeedsEventTime)
            {
                before = before.Inputs[0].Stage;
            }

            if (cuts.ChainOf(before) != cuts.ChainOf(stage) || !before.IsSource)
            {
                throw new PlanException(
                    $"'{stage.Id}' is to have inputs wait (AlignWith), but it does not run in the subtasks of a source: "
                        + $"'{before.Id}' comes before it. Write WithEventTime and AlignWith behind From, before a Union, a window, an "
                        + "exchange or a change of parallelism.");
            }
        }
    }

    private void CheckIds()
    {
        var byId = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (var stage in graph.Stages)
        {
            if (!byId.TryAdd(stage.Id, stage))
            {
                throw new PlanException(
                    $"Two operators have the id '{stage.Id}', the {byId[stage.Id].Verb} and the {stage.Verb}: their state could not be "
                        + "told apart. Give one of them another with Id(\"…\").");
            }
        }
    }

    private void CheckParallelism(Stage stage)
    {
        if (parallelismOf(stage) is var parallelism && parallelism > keyGroupCount)
        {
            throw new PlanException(
                $"'{stage.Id}' would run in {parallelism} subtasks, but the job's state is divided into {keyGroupCount} key groups, "
                    + "fixed when it first started. " +
                $"Use a parallelism of at most {keyGroupCount}.");
        }
    }

    private void CheckSending(Stage stage)
    {
        if (stage.Exchange is not (StageExchange.ToAll or StageExchange.ByChoice))
        {
            return;
        }

        if (stage.Parallelism is not null)
        {
            throw new PlanException(
                $"'{stage.Id}' has no subtasks of its own: it sends from where the stream before it runs. Set the parallelism on the "
                    + "operator that follows.");
        }

        if (graph.Stages.FirstOrDefault(user => user.Inputs.Any(stage.Outputs.Contains)
            && user.Exchange is not (StageExchange.None or StageExchange.Merge)) is { } other)
        {
            throw new PlanException(
                $"'{other.Id}' deals out anew what '{stage.Id}' has just given to the subtasks that it chose"
                    + (stage.Exchange == StageExchange.ToAll ? ", once to each: every record would count several times" : "")
                    + ". Remove one of the two.");
        }
    }

    // What user code makes is made once, to ask which states it has: nobody wants to hear of it when the first record comes.
    private static void CheckStates(Stage stage)
    {
        try
        {
            stage.DescribeStates();
        }
#pragma warning disable CA1031 // The user's constructor may throw anything.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            throw new PlanException($"'{stage.Id}': {failure.Message}", failure);
        }
    }

    private void CheckEnd(Stage stage)
    {
        foreach (var output in stage.Outputs)
        {
            if (!graph.Stages.Any(user => user.Inputs.Contains(output)))
            {
                throw new PlanException(
                    $"The stream behind '{output}' ends nowhere: its records would be made and thrown away. End it with To(sink), or "
                        + "remove it.");
            }
        }
    }
}
