using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Refuses a pipeline whose sources and sinks cannot give what the job asks for.</summary>
internal static class GuaranteeChecks
{
    public static void Check(PipelineGraph graph, Guarantee guarantee)
    {
        if (guarantee != Guarantee.ExactlyOnce)
        {
            return;
        }

        foreach (var stage in graph.Stages.OfType<IBoundaryStage>())
        {
            if (stage.WhyNotExactlyOnce is { } why)
            {
                throw new PlanException(
                    $"The job asks for exactly once, but '{((Stage)stage).Id}' cannot give it: {why}. Use another, or ask for at least "
                        + "once.");
            }
        }
    }
}
