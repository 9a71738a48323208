namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows whose contents go to a process mean the same by generated code and by delegates.</summary>
public sealed class WindowProcessTests
{
    [Fact]
    public Task Records_go_to_a_process() => WindowTests.Agree(
        static (job, source, sink) => WindowProcessPipelines.Records(job, source, sink, least: 1), compiledStages: 6, inOrder: true);

    [Fact]
    public Task Accumulators_go_to_a_process() => WindowTests.Agree(WindowProcessPipelines.Accumulators, compiledStages: 4);

    [Fact]
    public Task Windows_that_share_counted_records_keep_them() =>
        WindowTests.Agree(WindowProcessPipelines.Shared, compiledStages: 2, inOrder: true);

    [Fact]
    public Task The_best_of_all_records_of_a_window() => WindowTests.Agree(WindowProcessPipelines.Best, compiledStages: 4);
}
