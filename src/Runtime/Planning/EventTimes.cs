using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Behind which stages records carry event times.</summary>
internal sealed class EventTimes
{
    private readonly HashSet<Stage> _timed = [];

    public EventTimes(PipelineGraph graph)
    {
        foreach (var stage in graph.Stages)
        {
            if (stage.AssignsEventTime || stage.NeedsEventTime || (!stage.IsSource && stage.Inputs.All(AreOn)))
            {
                _timed.Add(stage);
            }
        }
    }

    // A record whose event time cannot be told has none.
    public bool AreOn(StageOutput output) =>
        AreBehind(output.Stage) && !(output.IsOfFailures && output.Stage.AssignsEventTime);

    public bool AreBehind(Stage stage) => _timed.Contains(stage);
}
