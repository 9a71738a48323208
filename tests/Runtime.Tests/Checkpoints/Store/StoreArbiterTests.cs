using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Tests.Checkpoints.Manifests;
using Weir.Runtime.Tests.Running;

namespace Weir.Runtime.Tests.Checkpoints.Store;

public sealed class StoreArbiterTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_cannot_say_what_it_holds_is_let_go()
    {
        var store = new FaultyStore { ListFailures = 1 };
        await Assert.ThrowsAsync<IOException>(async () => await new StoreArbiter("orders", store).FenceAndReadAsync(None));
        Assert.Equal(1, store.Releases);
    }

    [Fact]
    public async Task A_successors_checkpoint_of_the_same_number_is_not_taken_for_the_own_one()
    {
        var store = new MemoryCheckpointStore();
        var arbiter = new StoreArbiter("orders", store);
        await arbiter.FenceAndReadAsync(None);
        Assert.Equal(2, (await arbiter.FenceAndReadAsync(None)).Attempt);
        var name = new CheckpointName(2, new(1));
        await arbiter.CommitAsync(name, ManifestFormat.Write(ManifestFormatTests.Sample with { Name = name }), None);
        Assert.True(await arbiter.HasDecidedAsync(name, None));
        Assert.False(await arbiter.HasDecidedAsync(name with { Attempt = 1 }, None));
        Assert.False(await arbiter.HasDecidedAsync(new CheckpointName(2, new(2)), None));
    }
}
