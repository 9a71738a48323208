namespace Weir.Guide.Tests.Streams;

/// <summary>The pages of verbs on streams.</summary>
public sealed class StreamsTests
{
    [Fact]
    public Task Split() => Guide.Shows<Order, Order>("split", "split-rest", SplitSnippet.Define);

    [Fact]
    public Task On_error() => Guide.Shows<FailuresSnippet.Price, FailuresSnippet.Rejected>("on-error", "rejected", FailuresSnippet.Define);

    [Fact]
    public Task Flatten() => Guide.Shows<FlattenSnippet.Coin>("flatten", FlattenSnippet.Define);
}
