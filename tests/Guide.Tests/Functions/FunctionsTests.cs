namespace Weir.Guide.Tests.Functions;

/// <summary>The page of window functions.</summary>
public sealed class FunctionsTests
{
    [Fact]
    public Task Reduce() => Guide.Shows<Order>("reduce", ReduceSnippet.Define);

    [Fact]
    public Task Process() => Guide.Shows<ProcessWindowSnippet.Step>("process-window", ProcessWindowSnippet.Define);

    [Fact]
    public Task Process_with_state() => Guide.Shows<ProcessWindowStateSnippet.Hour>("process-window-state", ProcessWindowStateSnippet.Define);
}
