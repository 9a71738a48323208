using System.Text;
using Weir.Testing;

namespace Weir.Runtime.Tests.Checkpoints.Store;

public sealed class FileCheckpointStoreTests
{
    private const string Job = "flights";
    private static readonly RunId Run = new(7);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly SimulatedFileSystem _files = new();

    [Fact]
    public async Task What_was_written_is_read_newest_first()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        Assert.Empty(await store.ListAsync(Job, None));
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        await Complete(store, attempt, 1);
        await Complete(store, attempt, 3);
        await store.WriteStateAsync(Job, Name(attempt, 4), "totals-0", "x"u8.ToArray());

        Assert.Equal(1, attempt);
        Assert.Equal([Name(1, 3), Name(1, 1)], await store.ListAsync(Job, None));
        Assert.Equal("manifest 3 of 1", Encoding.UTF8.GetString((await store.ReadManifestAsync(Job, Name(1, 3), None)).Span));
        Assert.Equal("state 3 of 1", Encoding.UTF8.GetString(await store.ReadStateAsync(Job, Name(1, 3), "totals-0")));
        Assert.Equal(["manifest", "totals-0"], _files.ListFiles("/chk/flights/chk-3.a1"));
    }

    [Fact]
    public async Task A_completed_checkpoint_survives_a_crash_and_an_unfinished_one_is_cleaned_away()
    {
        var store = new FileCheckpointStore("/chk", _files);
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        await Complete(store, attempt, 1);
        await store.WriteStateAsync(Job, Name(attempt, 2), "totals-0", "x"u8.ToArray());
        _files.Crash();

        var next = new FileCheckpointStore("/chk", _files);
        Assert.Equal(2, (await next.FenceAsync(Job, Run, None)).Attempt);
        Assert.Equal([Name(1, 1)], await next.ListAsync(Job, None));
        Assert.Equal(["chk-1.a1"], _files.ListDirectories("/chk/flights"));
        Assert.Equal(["attempt-2", "lock", "seal-2"], _files.ListFiles("/chk/flights"));
        await AssertWhole(next, Name(1, 1));
    }

    [Fact]
    public async Task A_checkpoint_that_is_listed_survives_a_crash_though_its_writer_was_told_that_it_failed()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var files = new SimulatedFileSystem(seed);
            var store = new FileCheckpointStore("/chk", files);
            var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
            files.Fault = operation =>
                operation is { Kind: FileOperationKind.SyncDirectory, Path: "/chk/flights/chk-1.a1" } ? new IOException("Not now.") : null;
            await Assert.ThrowsAsync<IOException>(
                async () => await store.WriteManifestAsync(Job, Name(attempt, 1), "manifest"u8.ToArray(), None));
            files.Fault = null;

            Assert.Equal([Name(1, 1)], await store.ListAsync(Job, None));
            files.Crash();
            Assert.Equal([Name(1, 1)], await new FileCheckpointStore("/chk", files).ListAsync(Job, None));
        }
    }

    [Fact]
    public async Task A_second_process_is_kept_out_until_the_first_lets_go()
    {
        using var first = new FileCheckpointStore("/chk", _files);
        using var second = new FileCheckpointStore("/chk", _files);
        var attempt = (await first.FenceAsync(Job, Run, None)).Attempt;

        var error = await Assert.ThrowsAsync<CheckpointStoreException>(async () => await second.FenceAsync(Job, Run, None));
        Assert.Contains("'flights' is already running on the checkpoint directory '/chk'", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(error);
        Assert.Equal(1, (await second.FenceAsync("other", Run, None)).Attempt);

        await first.ReleaseAsync(Job, attempt);
        Assert.Equal(2, (await second.FenceAsync(Job, Run, None)).Attempt);
    }

    [Fact]
    public async Task An_attempt_that_could_not_begin_keeps_nobody_out()
    {
        using var first = new FileCheckpointStore("/chk", _files);
        using var second = new FileCheckpointStore("/chk", _files);
        _files.Fault = operation =>
            operation.Path.Contains("attempt-", StringComparison.Ordinal) ? SimulatedFileSystem.DiskFull(operation.Path) : null;
        await Assert.ThrowsAsync<IOException>(async () => await first.FenceAsync(Job, Run, None));

        _files.Fault = null;
        Assert.Equal(1, (await second.FenceAsync(Job, Run, None)).Attempt);
    }

    [Fact]
    public async Task A_restart_within_the_process_keeps_the_lock()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        var first = (await store.FenceAsync(Job, Run, None)).Attempt;
        var second = (await store.FenceAsync(Job, Run, None)).Attempt;
        await store.ReleaseAsync(Job, first);

        using var other = new FileCheckpointStore("/chk", _files);
        await Assert.ThrowsAsync<CheckpointStoreException>(async () => await other.FenceAsync(Job, Run, None));
        await Assert.ThrowsAsync<FencedException>(async () => await Complete(store, first, 1));
        await Complete(store, second, 1);
    }

    [Fact]
    public async Task All_attempts_of_a_life_have_its_run_id_before_the_first_checkpoint_too()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        Assert.Equal(new RunId(1), (await store.FenceAsync(Job, new RunId(1), None)).RunId);
        var second = await store.FenceAsync(Job, new RunId(2), None);
        Assert.Equal(new RunId(1), second.RunId);
        await Complete(store, second.Attempt, 1);
        Assert.Equal(new RunId(1), (await store.FenceAsync(Job, new RunId(3), None)).RunId);

        _files.DeleteDirectory("/chk/flights/chk-1.a2");
        Assert.Equal(new RunId(4), (await store.FenceAsync(Job, new RunId(4), None)).RunId);
        Assert.Equal(new RunId(5), (await store.FenceAsync("other", new RunId(5), None)).RunId);
    }

    [Fact]
    public async Task Two_that_begin_at_once_belong_to_the_same_life_or_only_one_of_them_begins()
    {
        // The second begins before each of the operations by which the first does.
        for (var operation = 1; ; operation++)
        {
            var files = new SimulatedFileSystem { HasLocks = false };
            var first = new FileCheckpointStore("/chk", files);
            var second = new FileCheckpointStore("/chk", files);
            RecoveryPoint? later = null;
            var at = files.Operations + operation;
            files.Fault = next =>
            {
                if (next.Number == at)
                {
                    later = second.FenceAsync(Job, new RunId(2), None).AsTask().GetAwaiter().GetResult();
                }

                return null;
            };
            RecoveryPoint? earlier = null;
            try
            {
                earlier = await first.FenceAsync(Job, new RunId(1), None);
            }
            catch (FencedException)
            {
            }

            if (later is null)
            {
                Assert.True(operation > 5, "The second has never begun.");
                return;
            }

            Assert.True(earlier is null || earlier.RunId == later.RunId, $"Overtaken at operation {operation}: {earlier} and {later}.");
        }
    }

    [Fact]
    public async Task A_zombie_can_neither_write_nor_publish_nor_delete()
    {
        _files.HasLocks = false;
        using var zombie = new FileCheckpointStore("/chk", _files);
        using var successor = new FileCheckpointStore("/chk", _files);
        var old = (await zombie.FenceAsync(Job, Run, None)).Attempt;
        await Complete(zombie, old, 1);
        await zombie.WriteStateAsync(Job, Name(old, 2), "totals-0", "x"u8.ToArray());
        var attempt = (await successor.FenceAsync(Job, Run, None)).Attempt;

        var error = await Assert.ThrowsAsync<FencedException>(
            async () => await zombie.WriteManifestAsync(Job, Name(old, 2), "x"u8.ToArray(), None));
        Assert.Contains("Attempt 1 of the job 'flights' has been superseded by attempt 2", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FencedException>(async () => await zombie.WriteStateAsync(Job, Name(old, 2), "totals-1", "x"u8.ToArray()));
        await Assert.ThrowsAsync<FencedException>(async () => await zombie.DeleteAsync(Job, old, Name(old, 1), None));
        Assert.Equal([Name(1, 1)], await successor.ListAsync(Job, None));
        await Complete(successor, attempt, 2);
        await AssertWhole(successor, Name(attempt, 2));
    }

    [Fact]
    public async Task A_zombie_that_is_overtaken_at_any_operation_publishes_before_its_successor_looks_or_never()
    {
        // The successor begins before each of the operations by which the zombie writes a checkpoint.
        for (var operation = 1; ; operation++)
        {
            var files = new SimulatedFileSystem { HasLocks = false };
            var zombie = new FileCheckpointStore("/chk", files);
            var old = (await zombie.FenceAsync(Job, Run, None)).Attempt;
            IReadOnlyList<CheckpointName>? seen = null;
            var at = files.Operations + operation;
            files.Fault = next =>
            {
                if (next.Number == at)
                {
                    files.Fault = null;
                    var successor = new FileCheckpointStore("/chk", files);
                    Await(successor.FenceAsync(Job, Run, None));
                    seen = Await(successor.ListAsync(Job, None));
                }

                return null;
            };

            var isPublished = false;
            try
            {
                await Complete(zombie, old, 1);
                isPublished = true;
            }
            catch (Exception error) when (error is FencedException)
            {
            }

            if (seen is null)
            {
                Assert.True(operation > 10, "The zombie was never overtaken.");
                return;
            }

            var later = await new FileCheckpointStore("/chk", files).ListAsync(Job, None);
            Assert.True(seen.SequenceEqual(later),
                $"Overtaken at operation {operation}: the successor saw {seen.Count} checkpoints, then there were {later.Count}.");
            Assert.True(!isPublished
                || seen.Count == 1, $"Overtaken at operation {operation}: the zombie published what its successor does not know of.");
        }
    }

    [Fact]
    public async Task Killed_at_any_operation_the_store_holds_whole_checkpoints_only()
    {
        var clean = new SimulatedFileSystem();
        await RunJob(clean, _ => { });
        for (var seed = 0; seed < 5; seed++)
        {
            for (var operation = 1L; operation <= clean.Operations; operation++)
            {
                var files = new SimulatedFileSystem(seed) { CrashAt = operation };
                var completed = 0L;
                await Assert.ThrowsAsync<SimulatedCrashException>(() => RunJob(files, id => completed = id));
                files.Restart();

                using var next = new FileCheckpointStore("/chk", files);
                await next.FenceAsync(Job, Run, None);
                var listed = await next.ListAsync(Job, None);
                Assert.True(completed == 0
                    || (listed.Count > 0 && listed[0].Id.Value >= completed),
                    $"Seed {seed}, killed at {operation}: {completed} was complete, there is {string.Join(' ', listed)}.");
                foreach (var id in listed.Take(1))
                {
                    await AssertWhole(next, id);
                }
            }
        }
    }

    [Fact]
    public async Task A_manifest_is_never_replaced()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        await Complete(store, (await store.FenceAsync(Job, Run, None)).Attempt, 1);

        await Assert.ThrowsAnyAsync<IOException>(async () => await store.WriteManifestAsync(Job, Name(1, 1), "other"u8.ToArray(), None));

        Assert.Equal("manifest 1 of 1", Encoding.UTF8.GetString((await store.ReadManifestAsync(Job, Name(1, 1), None)).Span));
    }

    [Fact]
    public async Task Deleting_is_harmless_if_there_is_nothing()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        await Complete(store, attempt, 1);

        await store.DeleteAsync(Job, attempt, Name(attempt, 1), None);
        await store.DeleteAsync(Job, attempt, Name(attempt, 1), None);

        Assert.Empty(await store.ListAsync(Job, None));
        Assert.Empty(_files.ListDirectories("/chk/flights"));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_checkpoint_before_stays()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        await Complete(store, attempt, 1);
        _files.FreeBytes = 3;

        var error = await Assert.ThrowsAsync<IOException>(async () => await Complete(store, attempt, 2));

        Assert.Contains("'/chk/flights/chk-2.a1/totals-0' is full", error.Message, StringComparison.Ordinal);
        Assert.Equal([Name(1, 1)], await store.ListAsync(Job, None));
    }

    [Fact]
    public async Task A_directory_that_may_not_be_written_says_so()
    {
        _files.Fault = operation => operation.Kind == FileOperationKind.CreateDirectory ? new UnauthorizedAccessException("denied") : null;
        using var store = new FileCheckpointStore("/chk", _files);

        var error = await Assert.ThrowsAsync<CheckpointStoreException>(async () => await store.FenceAsync(Job, Run, None));

        Assert.Contains("'/chk/flights' may not be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_no_directory_can_be_fails_for_good_and_says_what_it_was_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is a place of Linux.");
        using var store = new FileCheckpointStore("/proc/weir-checkpoints");
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(async () => await store.FenceAsync(Job, new RunId(1), None));
        Assert.Contains("The checkpoint directory '/proc/weir-checkpoints/", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"of job '{Job}' cannot be created", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_vanishes_under_a_running_job_is_no_fencing()
    {
        using var store = new FileCheckpointStore("/chk", _files);
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        _files.DeleteDirectory("/chk");

        var error = await Assert.ThrowsAsync<CheckpointStoreException>(async () => await Complete(store, attempt, 1));

        Assert.Contains("has been deleted or replaced", error.Message, StringComparison.Ordinal);
    }

    private static async Task RunJob(SimulatedFileSystem files, Action<long> completed)
    {
        var store = new FileCheckpointStore("/chk", files);
        var attempt = (await store.FenceAsync(Job, Run, None)).Attempt;
        for (var id = 1L; id <= 4; id++)
        {
            await Complete(store, attempt, id);
            completed(id);
            if (id > 1)
            {
                await store.DeleteAsync(Job, attempt, Name(attempt, id - 1), None);
            }
        }

        await store.ReleaseAsync(Job, attempt);
    }

    private static async Task Complete(FileCheckpointStore store, long attempt, long id)
    {
        await store.WriteStateAsync(Job, Name(attempt, id), "totals-0", Encoding.UTF8.GetBytes($"state {id} of {attempt}"));
        await store.WriteManifestAsync(Job, Name(attempt, id), Encoding.UTF8.GetBytes($"manifest {id} of {attempt}"), None);
    }

    private static async Task AssertWhole(FileCheckpointStore store, CheckpointName name)
    {
        Assert.Equal($"manifest {name.Id.Value} of {name.Attempt}",
            Encoding.UTF8.GetString((await store.ReadManifestAsync(Job, name, None)).Span));
        Assert.Equal($"state {name.Id.Value} of {name.Attempt}",
            Encoding.UTF8.GetString(await store.ReadStateAsync(Job, name, "totals-0")));
    }

    private static T Await<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private static CheckpointName Name(long attempt, long id) => new(attempt, new(id));
}
