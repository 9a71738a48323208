namespace Weir.Execution.Tests.Pipelines;

/// <summary>Results that say what they replace are the same by generated code and by delegates.</summary>
public sealed class RetractingTests
{
    [Fact]
    public Task Changes_of_results_by_LINQ() => WindowTests.Agree(
        static (job, source, sink) => RetractingPipelines.ByLinq(job, source, sink, "so"), compiledStages: 5, inOrder: true);

    [Fact]
    public Task Changes_of_results_by_hand_and_by_reductions() => WindowTests.Agree(
        static (job, source, sink) => RetractingPipelines.ByHand(job, source, sink, factor: -3), compiledStages: 11, inOrder: true);
}
