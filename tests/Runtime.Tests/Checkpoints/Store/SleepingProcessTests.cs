using System.Text;
using Weir.Testing;

namespace Weir.Runtime.Tests.Checkpoints.Store;

/// <summary>
/// A process stands still before any of its operations, others run the job meanwhile, and it wakes: where locks do not reach.
/// </summary>
public sealed class SleepingProcessTests
{
    private static readonly RunId Run = new(7);
    private const string Job = "flights";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_decided_stays_whole_until_someone_entitled_deletes_it(int others)
    {
        for (var operation = 1; ; operation++)
        {
            var files = new SimulatedFileSystem(operation) { HasLocks = false };
            var record = new Record();
            await new Life(files, record).RunAsync();
            var sleeper = new Life(files, record);
            var isAsleep = false;
            var at = files.Operations + operation;
            files.Fault = next =>
            {
                if (next.Number == at)
                {
                    isAsleep = true;
                    files.Fault = null;
                    for (var i = 0; i < others; i++)
                    {
                        new Life(files, record).RunAsync().GetAwaiter().GetResult();
                    }
                }

                return null;
            };
            try
            {
                await sleeper.RunAsync();
            }
            catch (FencedException)
            {
                Assert.True(isAsleep);
            }

            files.Fault = null;
            if (!isAsleep)
            {
                Assert.True(operation > 100, $"a life is {operation} operations long");
                return;
            }

            // Nobody comes after it who would clean up.
            var counted = await new FileCheckpointStore("/chk", files).ListAsync(Job, default);
            Assert.Equal(counted.Count, files.ListDirectories("/chk/flights").Count);
            await record.CheckAsync(files, $"asleep before operation {operation}");
        }
    }

    [Fact]
    public async Task A_seal_that_comes_late_changes_nothing()
    {
        // The first stands still before it seals; the second seals, decides and is gone; the first seals and finds itself fenced; the third
        // sees what the second decided.
        var files = new SimulatedFileSystem { HasLocks = false };
        var record = new Record();
        files.Fault = next =>
        {
            if (next.Path.EndsWith(".seal-1", StringComparison.Ordinal))
            {
                files.Fault = null;
                new Life(files, record).RunAsync().GetAwaiter().GetResult();
            }

            return null;
        };
        await Assert.ThrowsAsync<FencedException>(new Life(files, record).RunAsync);
        await record.CheckAsync(files, "sealed late");
    }

    [Fact]
    public async Task A_manifest_that_appears_after_the_seal_of_the_next_attempt_was_never_decided()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        var zombie = new FileCheckpointStore("/chk", files);
        var successor = new FileCheckpointStore("/chk", files);
        var old = (await zombie.FenceAsync(Job, Run, default)).Attempt;
        var name = new CheckpointName(old, new(1));
        files.Fault = next =>
        {
            if (next is { Kind: FileOperationKind.Rename, Path: "/chk/flights/chk-1.a1/.manifest" })
            {
                files.Fault = null;
                var point = successor.FenceAsync(Job, Run, default).AsTask().GetAwaiter().GetResult();
                Assert.Empty(point.Candidates);

                // As if what cleans up had been slower still.
                files.CreateDirectory("/chk/flights/chk-1.a1");
                using var again = files.CreateNew("/chk/flights/chk-1.a1/.manifest");
            }

            return null;
        };
        await Assert.ThrowsAsync<FencedException>(async () => await zombie.WriteManifestAsync(Job, name, "x"u8.ToArray(), default));
        Assert.False(files.DirectoryExists("/chk/flights/chk-1.a1"));
        Assert.Empty(await successor.ListAsync(Job, default));
        Assert.Empty((await new FileCheckpointStore("/chk", files).FenceAsync(Job, Run, default)).Candidates);
        Assert.Empty(files.ListDirectories("/chk/flights"));
    }

    [Fact]
    public async Task A_manifest_is_not_taken_back_while_an_attempt_that_may_count_it_has_not_sealed()
    {
        // The seal of the second does not name it. But the third may have begun before it could see that seal, and after the manifest
        // appeared: then the third counts it.
        var files = new SimulatedFileSystem { HasLocks = false };
        var zombie = new FileCheckpointStore("/chk", files);
        var name = new CheckpointName((await zombie.FenceAsync(Job, Run, default)).Attempt, new(1));
        files.Fault = next =>
        {
            if (next is { Kind: FileOperationKind.Rename, Path: "/chk/flights/chk-1.a1/.manifest" })
            {
                files.Fault = null;
                new FileCheckpointStore("/chk", files).FenceAsync(Job, Run, default).AsTask().GetAwaiter().GetResult();
                files.CreateDirectory("/chk/flights/chk-1.a1");
                using var manifest = files.CreateNew("/chk/flights/chk-1.a1/.manifest");
                using var third = files.CreateNew("/chk/flights/attempt-3");
            }

            return null;
        };
        await Assert.ThrowsAsync<FencedException>(async () => await zombie.WriteManifestAsync(Job, name, "x"u8.ToArray(), default));
        Assert.True(files.FileExists("/chk/flights/chk-1.a1/manifest"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_whose_creation_stood_still_until_the_next_attempt_had_cleaned_up_is_taken_back(bool isShared)
    {
        for (var operation = 1; ; operation++)
        {
            var files = new SimulatedFileSystem { HasLocks = false };
            var store = new FileCheckpointStore("/chk", files);
            var name = new CheckpointName((await store.FenceAsync(Job, Run, default)).Attempt, new(1));
            var (at, isAsleep) = (files.Operations + operation, false);
            files.Fault = next =>
            {
                if (next.Number == at)
                {
                    isAsleep = true;
                    new FileCheckpointStore("/chk", files).FenceAsync(Job, Run, default).AsTask().GetAwaiter().GetResult();
                }

                return null;
            };

            Func<Task<Stream>> create = async () => isShared
                ? await store.CreateSharedAsync(Job, new SharedFile(name.Attempt, "0-1"), default)
                : await store.CreateStateAsync(Job, name, "totals", default);
            var error = await Xunit.Record.ExceptionAsync(create);
            if (!isAsleep)
            {
                Assert.True(operation > 5, $"creating a file is {operation} operations long");
                return;
            }

            Assert.IsType<FencedException>(error);
            Assert.DoesNotContain("chk-1.a1", files.ListDirectories("/chk/flights"));
            Assert.Empty(await store.ListSharedAsync(Job, default));
        }
    }

    [Fact]
    public async Task Numbers_go_on_from_the_greatest_ever_seen_and_attempts_too_though_their_files_are_gone()
    {
        var files = new SimulatedFileSystem();
        using var store = new FileCheckpointStore("/chk", files);
        var attempt = (await store.FenceAsync(Job, Run, default)).Attempt;
        await store.WriteStateAsync(Job, new(attempt, new(9)), "totals", "x"u8.ToArray());
        Assert.Equal(9, (await store.FenceAsync(Job, Run, default)).Last.Value);
        await store.WriteManifestAsync(Job, new(2, new(10)), "x"u8.ToArray(), default);
        foreach (var name in files.ListFiles("/chk/flights").Where(name => name != "lock"))
        {
            files.DeleteFile($"/chk/flights/{name}");
        }

        var point = await store.FenceAsync(Job, Run, default);
        Assert.Equal(3, point.Attempt);
        Assert.Equal([new CheckpointName(2, new(10))], point.Candidates);
    }

    /// <summary>What all processes together were told.</summary>
    private sealed class Record
    {
        public HashSet<CheckpointName> Decided { get; } = [];

        public HashSet<CheckpointName> Deleted { get; } = [];

        public async Task CheckAsync(SimulatedFileSystem files, string when)
        {
            var store = new FileCheckpointStore("/chk", files);
            var point = await store.FenceAsync(Job, Run, default);
            var lost = Decided.Except(Deleted).Except(point.Candidates).ToList();
            Assert.True(lost.Count == 0, $"{when}: {string.Join(", ", lost)} vanished; there are {string.Join(", ", point.Candidates)}");
            foreach (var checkpoint in point.Candidates)
            {
                Assert.Equal($"manifest of {checkpoint}",
                    Encoding.UTF8.GetString((await store.ReadManifestAsync(Job, checkpoint, default)).Span));
                Assert.Equal($"state of {checkpoint}", Encoding.UTF8.GetString(await store.ReadStateAsync(Job, checkpoint, "totals")));
            }

            // Whatever else a sleeper left is cleaned up by now.
            Assert.Equal(point.Candidates.Count, files.ListDirectories("/chk/flights").Count);
        }
    }

    /// <summary>One process: begins, decides three checkpoints, keeps two, gives one up.</summary>
    private sealed class Life(SimulatedFileSystem files, Record record)
    {
        private readonly FileCheckpointStore _store = new("/chk", files);

        public async Task RunAsync()
        {
            var point = await _store.FenceAsync(Job, Run, default);
            var kept = new SortedSet<CheckpointName>(point.Candidates);
            for (var i = 1; i <= 3; i++)
            {
                var name = new CheckpointName(point.Attempt, new(point.Last.Value + i));
                await _store.WriteStateAsync(Job, name, "totals", Encoding.UTF8.GetBytes($"state of {name}"));
                await _store.WriteManifestAsync(Job, name, Encoding.UTF8.GetBytes($"manifest of {name}"), default);
                record.Decided.Add(name);
                kept.Add(name);
                while (kept.Count > 2)
                {
                    record.Deleted.Add(kept.Min);
                    await _store.DeleteAsync(Job, point.Attempt, kept.Min, default);
                    kept.Remove(kept.Min);
                }
            }

            var givenUp = new CheckpointName(point.Attempt, new(point.Last.Value + 4));
            await _store.WriteStateAsync(Job, givenUp, "totals", "x"u8.ToArray());
            await _store.DeleteAsync(Job, point.Attempt, givenUp, default);
        }
    }
}
