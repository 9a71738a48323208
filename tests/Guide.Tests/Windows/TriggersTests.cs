namespace Weir.Guide.Tests.Windows;

/// <summary>The pages of triggers, evictors, lateness and what becomes of results.</summary>
public sealed class TriggersTests
{
    [Fact]
    public Task A_trigger_by_count() => Guide.Shows<CountTriggerSnippet.Progress>("trigger-count", CountTriggerSnippet.Define);

    [Fact]
    public Task Early_results() => Guide.Shows<ContinuousTriggerSnippet.Progress>("trigger-continuous", ContinuousTriggerSnippet.Define);

    [Fact]
    public Task A_trigger_by_difference() => Guide.Shows<DeltaTriggerSnippet.Rise>("trigger-delta", DeltaTriggerSnippet.Define);

    [Fact]
    public Task A_trigger_of_your_own() => Guide.Shows<CustomTriggerSnippet.Spent>("trigger-custom", CustomTriggerSnippet.Define);

    [Fact]
    public Task An_evictor() => Guide.Shows<CountEvictorSnippet.LastTwo>("evict-count", CountEvictorSnippet.Define);

    [Fact]
    public Task Allowed_lateness() => Guide.Shows<LatenessSnippet.Total>("lateness", LatenessSnippet.Define);

    [Fact]
    public Task Late_output() => Guide.Shows<LateSnippet.Total, Order>("late-output", "late-orders", LateSnippet.Define);

    [Fact]
    public Task Results_that_are_discarded() => Guide.Shows<DiscardingSnippet.Part>("discarding", DiscardingSnippet.Define);

    [Fact]
    public Task Results_that_are_retracted() => Guide.Shows<RetractingSnippet.Revision>("retracting", RetractingSnippet.Define);
}
