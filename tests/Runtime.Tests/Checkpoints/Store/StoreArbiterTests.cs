using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Tests.Checkpoints.Manifests;

namespace Weir.Runtime.Tests.Checkpoints.Store;

public sealed class StoreArbiterTests
{
    private static readonly RunId Run = new(7);
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_store_holds_is_decided()
    {
        var store = new MemoryCheckpointStore();
        var arbiter = new StoreArbiter("orders", store);
        Assert.Equal(1, (await arbiter.FenceAndReadAsync(Run, None)).Attempt);
        var name = new CheckpointName(1, new(1));
        await arbiter.CommitAsync(name, ManifestFormat.Write(ManifestFormatTests.Sample with { Name = name }), None);
        Assert.True(await arbiter.HasDecidedAsync(name, None));
        Assert.False(await arbiter.HasDecidedAsync(new CheckpointName(1, new(2)), None));
        Assert.Equal([name], (await arbiter.FenceAndReadAsync(Run, None)).Candidates);
    }

    [Fact]
    public async Task Who_was_fenced_does_not_learn_from_the_store_what_became_of_its_decision()
    {
        var store = new MemoryCheckpointStore();
        var arbiter = new StoreArbiter("orders", store);
        await arbiter.FenceAndReadAsync(Run, None);
        await arbiter.FenceAndReadAsync(Run, None);
        await Assert.ThrowsAsync<FencedException>(async () => await arbiter.HasDecidedAsync(new CheckpointName(1, new(1)), None));
    }
}
