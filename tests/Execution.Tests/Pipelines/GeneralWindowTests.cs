namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows of the general form mean the same by generated code and by delegates.</summary>
public sealed class GeneralWindowTests
{
    [Fact]
    public Task Windows_with_a_trigger() => WindowTests.Agree(GeneralWindowPipelines.Triggered, compiledStages: 4, inOrder: true);

    [Fact]
    public Task Windows_that_take_late_records() => WindowTests.Agree(GeneralWindowPipelines.Late, compiledStages: 4);

    [Fact]
    public Task Windows_with_an_evictor() => WindowTests.Agree(GeneralWindowPipelines.Evicted, compiledStages: 3, inOrder: true);
}
