using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.State;
using Weir.Runtime.Tests.Checkpoints.Store;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

public sealed class RecoveryTests
{
    private readonly MemoryCheckpointStore _store = new();
    private readonly List<JobEvent> _events = [];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_start_finds_nothing_to_restore()
    {
        var point = await FindAsync();
        Assert.Null(point.Checkpoint);
        Assert.Equal(1, point.Recovery.Attempt);
    }

    [Fact]
    public async Task The_newest_checkpoint_is_restored_with_its_state()
    {
        await WriteAsync(1);
        await WriteAsync(2);
        var point = await FindAsync();
        Assert.Equal(new CheckpointId(2), point.Checkpoint!.Manifest.Name.Id);
        Assert.Equal(new CheckpointId(2), point.Recovery.Last);
        var state = Assert.Single(point.Checkpoint.StatesOf(point.Checkpoint.Manifest.Operators[0]));
        Assert.Equal([4, 5], Assert.Single(state.KeyGroups).Entries.ToArray());
        Assert.Empty(_events);
    }

    [Theory]
    [InlineData("1,2,3,4,6", "0-0.state: its checksum is")]
    [InlineData("1,2,3,4", "0-0.state: it has 4 bytes instead of 5")]
    [InlineData(null, "0-0.state: The memory store holds no file")]
    public async Task A_damaged_state_file_is_named_with_the_reason_and_the_checkpoint_before_is_used(string? content, string reason)
    {
        await WriteAsync(1);
        await WriteAsync(2, content?.Split(',').Select(byte.Parse).ToArray());
        var point = await FindAsync();
        Assert.Equal(new CheckpointId(1), point.Checkpoint!.Manifest.Name.Id);
        Assert.Equal(new CheckpointId(2), point.Recovery.Last);
        var unusable = Assert.Single(_events.OfType<JobEvent.CheckpointUnusable>());
        Assert.Equal(new CheckpointName(0, new(2)), unusable.Checkpoint);
        Assert.Equal([new CheckpointName(0, new(2))], point.Recovery.Damaged);
        Assert.StartsWith(reason, unusable.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_falls_back_is_told_what_is_used_instead_and_what_that_means_for_the_output()
    {
        await WriteAsync(1);
        await WriteAsync(2, [1]);
        await FindAsync();
        var warning = Assert.IsType<JobEvent.Warning>(_events[^1]);
        Assert.Contains("continues from chk-1 of attempt 0 instead of chk-2 of attempt 0, which is damaged (0-0.state: it has 1 bytes "
            + "instead of 5)", warning.Message, StringComparison.Ordinal);
        Assert.Contains("look for duplicates in other outputs", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_another_job_is_refused_by_name_and_not_skipped()
    {
        await WriteAsync(1);
        await WriteAsync(2, [1, 2, 3, 4, 5], job: "invoices");
        var refused = await Assert.ThrowsAsync<JobException>(FindAsync);
        Assert.Contains("found chk-2 of attempt 0 of another job, 'invoices'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_a_newer_Weir_is_refused_and_not_skipped()
    {
        await WriteAsync(1);
        byte[] body = [0x92, 0x05, 0x01];
        await _store.WriteManifestAsync(
            "orders", new(0, new(2)), (byte[])[.. body, .. BitConverter.GetBytes(System.IO.Hashing.Crc32.HashToUInt32(body))], None);
        var refused = await Assert.ThrowsAsync<JobException>(FindAsync);
        Assert.Contains("written by a newer Weir", refused.Message, StringComparison.Ordinal);
    }

    private async Task<(Recovery Recovery, LoadedCheckpoint? Checkpoint)> FindAsync()
    {
        var recovery = await Recovery.BeginAsync("orders", _store, new StoreArbiter("orders", _store), new RunId(7), _events.Add, null, None);
        var checkpoint = await recovery.NextAsync(None);
        if (checkpoint is not null)
        {
            recovery.Restored(checkpoint.Manifest.Name);
        }

        return (recovery, checkpoint);
    }

    private Task WriteAsync(long checkpoint) => WriteAsync(checkpoint, [1, 2, 3, 4, 5]);

    // What is stored may differ from what the manifest says: five bytes, 1 to 5.
    private async Task WriteAsync(long checkpoint, byte[]? stored, string job = "orders")
    {
        // As an earlier attempt would: before anybody has fenced.
        var name = new CheckpointName(0, new(checkpoint));
        byte[] content = [1, 2, 3, 4, 5];
        if (stored is not null)
        {
            await _store.WriteStateAsync("orders", name, "0-0.state", stored);
        }

        var manifest = new Manifest(
            job,
            name,
            new RunId(7),
            IsFinal: false,
            DateTimeOffset.UnixEpoch,
            Parallelism: 1,
            KeyGroupCount: 128,
            IsInterpreted: false,
            [
                new ManifestOperator("totals", [],
                [
                    new OperatorSnapshot(
                        "totals",
                        [new StateHandle.InFile("0-0.state", content.Length, System.IO.Hashing.Crc32.HashToUInt32(content))],
                        [new KeyGroupSlice(7, 0, 3, 2)],
                        [],
                        []),
                ]),
            ]);
        await _store.WriteManifestAsync("orders", name, ManifestFormat.Write(manifest), None);
    }
}
