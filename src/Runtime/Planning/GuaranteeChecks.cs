using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Refuses a pipeline whose sources and sinks cannot give what the job asks for.</summary>
internal static class GuaranteeChecks
{
    public static void Check(PipelineGraph graph, Guarantee guarantee, bool doBarriersBlock = true)
    {
        if (guarantee != Guarantee.ExactlyOnce)
        {
            return;
        }

        if (!doBarriersBlock)
        {
            throw new PlanException(
                "The job asks for exactly once, but CheckpointMode.AtLeastOnce does not give it: records that pass a barrier while others "
                    + "are waited for count twice after a failure. Use CheckpointMode.Unaligned where checkpoints must not hold records "
                    + "back, or ask for at least once.");
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
