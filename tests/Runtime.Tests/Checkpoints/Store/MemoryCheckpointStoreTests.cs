namespace Weir.Runtime.Tests.Checkpoints.Store;

public sealed class MemoryCheckpointStoreTests
{
    private static readonly RunId Run = new(7);
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkpoints_are_listed_newest_first_and_survive_a_new_attempt()
    {
        var store = new MemoryCheckpointStore();
        var attempt = (await store.FenceAsync("job", Run, None)).Attempt;
        foreach (var n in (long[])[1, 3, 2])
        {
            await store.WriteManifestAsync("job", new(attempt, new(n)), new byte[] { (byte)n }, None);
        }

        Assert.Equal(2, (await store.FenceAsync("job", Run, None)).Attempt);
        Assert.Equal([new(1, new(3)), new(1, new(2)), new(1, new(1))], await store.ListAsync("job", None));
        Assert.Equal([3], (await store.ReadManifestAsync("job", new(1, new(3)), None)).ToArray());
        Assert.Empty(await store.ListAsync("other", None));
    }

    [Fact]
    public async Task An_attempt_that_was_fenced_can_neither_write_nor_delete()
    {
        var store = new MemoryCheckpointStore();
        await store.FenceAsync("job", Run, None);
        await store.WriteManifestAsync("job", new(1, new(1)), new byte[1], None);
        await store.FenceAsync("job", Run, None);
        await Assert.ThrowsAsync<FencedException>(async () => await store.WriteManifestAsync("job", new(1, new(2)), new byte[1], None));
        await Assert.ThrowsAsync<FencedException>(async () => await store.WriteStateAsync("job", new(1, new(2)), "f", new byte[1]));
        await Assert.ThrowsAsync<FencedException>(async () => await store.DeleteAsync("job", 1, new(1, new(1)), None));
        Assert.Single(await store.ListAsync("job", None));
    }

    [Fact]
    public async Task A_checkpoint_is_never_replaced()
    {
        var store = new MemoryCheckpointStore();
        await store.WriteManifestAsync("job", new(1, new(1)), new byte[1], None);
        await Assert.ThrowsAsync<IOException>(async () => await store.WriteManifestAsync("job", new(1, new(1)), new byte[1], None));
    }

    [Fact]
    public async Task The_limit_is_named_with_what_to_do_and_deleting_makes_room()
    {
        var store = new MemoryCheckpointStore(100);
        await store.WriteStateAsync("job", new(1, new(1)), "f", new byte[90]);
        var full = await Assert.ThrowsAsync<IOException>(async () => await store.WriteStateAsync("job", new(1, new(2)), "f", new byte[20]));
        Assert.Contains("holds 90 of at most 100 bytes, 20 more are needed", full.Message, StringComparison.Ordinal);
        Assert.Contains("CheckpointDirectory", full.Message, StringComparison.Ordinal);
        await store.DeleteAsync("job", 1, new(1, new(1)), None);
        Assert.Equal(0, store.SizeBytes);
        await store.WriteStateAsync("job", new(1, new(2)), "f", new byte[20]);
    }

    [Fact]
    public async Task State_files_that_no_manifest_names_go_with_the_attempt_that_wrote_them()
    {
        var store = new MemoryCheckpointStore();
        await store.FenceAsync("job", Run, None);
        await store.WriteStateAsync("job", new(1, new(1)), "f", new byte[10]);
        await store.FenceAsync("job", Run, None);
        Assert.Equal(0, store.SizeBytes);
    }
}
