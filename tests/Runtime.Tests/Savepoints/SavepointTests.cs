using System.Collections.Concurrent;
using Weir.Runtime.Savepoints;
using Weir.Runtime.Tests.Running;

namespace Weir.Runtime.Tests.Savepoints;

/// <summary>Savepoints of jobs that run on threads: taken, begun with, read, refused.</summary>
public sealed class SavepointTests : IDisposable
{
    private const int Keys = 997;
    private const double Rate = 50_000;
    private readonly string _directory = Directory.CreateTempSubdirectory("weir-savepoints-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_job_moves_from_savepoint_to_savepoint_over_stores_and_parallelisms_and_loses_nothing()
    {
        var sink = new MemorySink<int>();
        string? from = null;
        var read = 0L;
        foreach (var (parallelism, isOnDisk) in new[] { (1, false), (3, true), (2, false) })
        {
            var options = new JobOptions
            {
                MaxRecordsPerSecond = Rate,
                Parallelism = parallelism,
                RestoreFrom = from,
                CheckpointDirectory = isOnDisk ? In($"checkpoints-{parallelism}") : null,
            };
            var job = Totals(sink).Start(options, Cancellation);
            await SeenAsync(job, 4000);
            from = In($"savepoint-{parallelism}-{isOnDisk}");
            var result = await job.StopWithSavepointAsync(from, Cancellation);
            Assert.True(result.IsStopped);
            Assert.Equal(from, result.SavepointDirectory);
            Assert.Equal(result, await job.Completion);
            read += result.RecordsIn;
            Assert.Equal(Expected(read), sink.Visible);
        }

        using var savepoint = Savepoint.Open(from!);
        Assert.True(savepoint.IsLast);
        Assert.Equal(2, savepoint.Operator("totals").Parallelism);
        var totals = savepoint.Operator("totals").State("accumulator");
        Assert.Equal(
            Enumerable.Range(0, Keys).Select(key => (key, Sum(key, read))),
            Of(totals));
    }

    [Fact]
    public async Task G4_a_job_goes_on_after_a_savepoint_and_whoever_begins_with_it_gives_what_followed()
    {
        var (sink, branch) = (new MemorySink<int>(), new MemorySink<int> { Prefix = "b" });
        var options = new JobOptions { MaxRecordsPerSecond = Rate, CheckpointDirectory = In("checkpoints") };
        var job = Totals(sink).Start(options, Cancellation);
        await SeenAsync(job, 3000);
        var checkpoint = await job.CheckpointAsync(Cancellation);
        var savepoint = await job.SavepointAsync(In("savepoint"), Cancellation);
        Assert.Equal((CheckpointKind.Savepoint, false, CheckpointState.Completed), (savepoint.Kind, savepoint.IsFinal, savepoint.State));
        Assert.Equal(In("savepoint"), savepoint.SavepointDirectory);
        Assert.Equal(checkpoint.Name, job.Progress.LastCheckpoint);
        var result = await job.StopAsync(Cancellation);
        Assert.Equal(job.Checkpoints.Count(taken => taken.Kind != CheckpointKind.Savepoint), result.Checkpoints);
        Assert.Equal(Expected(result.RecordsIn), sink.Visible);

        int begins;
        using (var opened = Savepoint.Open(In("savepoint")))
        {
            Assert.False(opened.IsLast);
            begins = Of(opened.Operator("totals").State("accumulator")).Sum(entry => Count(entry.Key, entry.Sum));
        }

        // What the savepoint holds of its sink is committed already; that it is committed again changes nothing.
        var other = Totals(branch).Start(
            new JobOptions { MaxRecordsPerSecond = Rate, RestoreFrom = In("savepoint"), Parallelism = 2 }, Cancellation);
        await SeenAsync(other, 3000);
        var branched = await other.StopAsync(Cancellation);
        Assert.Equal(
            Expected(begins + branched.RecordsIn).Except(Expected(begins)).Order(), branch.Visible.Except(Expected(begins)).Order());
    }

    [Fact]
    public async Task A_savepoint_that_stays_in_the_options_is_begun_with_once()
    {
        var sink = new MemorySink<int>();
        var job = Totals(sink).Start(new JobOptions { MaxRecordsPerSecond = Rate }, Cancellation);
        await SeenAsync(job, 2000);
        var read = (await job.StopWithSavepointAsync(In("first"), Cancellation)).RecordsIn;
        var options = new JobOptions { MaxRecordsPerSecond = Rate, RestoreFrom = In("first"), CheckpointDirectory = In("checkpoints") };
        for (var run = 0; run < 3; run++)
        {
            var told = new ConcurrentQueue<string>();
            var next = Totals(sink).Start(options with { OnEvent = OnEvent }, Cancellation);
            await SeenAsync(next, 2000);
            var result = await next.StopAsync(Cancellation);
            read += result.RecordsIn;
            Assert.Equal(Expected(read), sink.Visible);
            Assert.Equal(run == 0, result.RestoredFrom!.Value.Attempt == 1);
            Assert.Equal(run == 0 ? 0 : 1, told.Count);
            Assert.All(told, text => Assert.Contains(
                $"continues from {result.RestoredFrom}, its newest checkpoint, and not from the savepoint '",
                text,
                StringComparison.Ordinal));

            void OnEvent(JobEvent happened)
            {
                if (happened is JobEvent.Warning { Message: var text } && text.Contains("continues from", StringComparison.Ordinal))
                {
                    told.Enqueue(text);
                }
            }
        }
    }

    [Fact]
    public async Task What_a_job_committed_after_the_savepoint_that_it_was_stopped_with_is_not_written_again_when_the_savepoint_is_named()
    {
        var sink = new MemorySink<int>();
        var plain = new JobOptions { MaxRecordsPerSecond = Rate, CheckpointDirectory = In("checkpoints") };
        var read = 0L;
        foreach (var (options, savepoint, isContinued) in new[]
        {
            (plain, "first", false),
            (plain, null, true),
            (plain with { RestoreFrom = In("first") }, "second", true),
            (plain with { RestoreFrom = In("first") }, null, true),
            (plain with { RestoreFrom = In("second") }, null, true),
        })
        {
            var next = Totals(sink).Start(options, Cancellation);
            await SeenAsync(next, 2000);
            var result = savepoint is null ? await next.StopAsync(Cancellation)
                : await next.StopWithSavepointAsync(In(savepoint), Cancellation);
            read += result.RecordsIn;
            Assert.Equal(isContinued, result.RestoredFrom is not null);
            Assert.Equal(Expected(read), sink.Visible);
        }
    }

    [Fact]
    public async Task A_stop_with_a_savepoint_whose_commit_fails_ends_with_the_savepoint_and_not_behind_it()
    {
        var sink = new MemorySink<int>();
        var options = new JobOptions { MaxRecordsPerSecond = Rate, RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.Zero) };
        var job = Totals(sink).Start(options, Cancellation);
        await SeenAsync(job, 2000);
        var hasFailed = false;
        sink.BeforeCommit = () =>
        {
            if (!hasFailed && File.Exists(In("savepoint/manifest")))
            {
                hasFailed = true;
                throw new InvalidOperationException("the list is locked");
            }
        };
        var result = await job.StopWithSavepointAsync(In("savepoint"), Cancellation);
        Assert.True(result.IsStopped);
        Assert.Equal(1, result.Restarts);
        var last = job.Checkpoints[0];
        Assert.Equal((CheckpointKind.Savepoint, In("savepoint")), (last.Kind, last.SavepointDirectory));

        // In another store nothing else tells what was committed.
        var committed = sink.Visible.Count();
        var next = Totals(sink).Start(options with { RestoreFrom = In("savepoint") }, Cancellation);
        await SeenAsync(next, 2000);
        var read = (await next.StopAsync(Cancellation)).RecordsIn;
        Assert.Equal(Expected(committed + read), sink.Visible);
    }

    [Fact]
    public async Task A_savepoint_with_state_of_an_operator_that_is_gone_is_refused_by_name_unless_that_is_allowed()
    {
        var job = Totals(new MemorySink<int>()).Start(new JobOptions { MaxRecordsPerSecond = Rate }, Cancellation);
        await SeenAsync(job, 2000);
        await job.StopWithSavepointAsync(In("savepoint"), Cancellation);
        var options = new JobOptions { MaxRecordsPerSecond = Rate, RestoreFrom = In("savepoint") };
        var refused = await Assert.ThrowsAsync<JobException>(() => Plain().RunAsync(options, Cancellation));
        Assert.Contains("'totals'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AllowNonRestoredState", refused.Message, StringComparison.Ordinal);
        var allowed = Plain().Start(options with { AllowNonRestoredState = true }, Cancellation);
        Assert.True((await allowed.StopAsync(Cancellation)).IsStopped);

        static Job Plain()
        {
            var plain = new Job("totals");
            plain.From(new EndlessSource()).Id("numbers").To(new MemorySink<int>()).Id("sink");
            return plain;
        }
    }

    [Fact]
    public async Task A_directory_that_cannot_be_used_is_refused_before_anything_is_begun()
    {
        var job = Totals(new MemorySink<int>()).Start(new JobOptions { MaxRecordsPerSecond = Rate }, Cancellation);
        await SeenAsync(job, 100);
        Directory.CreateDirectory(In("full"));
        File.WriteAllText(In("full/other"), "");
        File.WriteAllText(In("file"), "");
        await RefusedAsync("full", "it is not empty");
        await RefusedAsync("file", "is a file");
        await RefusedAsync("file/below", "is a file");
        var unwritable = await Assert.ThrowsAsync<CheckpointFailedException>(
            () => job.StopWithSavepointAsync("/proc/weir-savepoint", Cancellation));
        Assert.Contains("/proc/weir-savepoint", unwritable.Message, StringComparison.Ordinal);
        Assert.All(job.Checkpoints, checkpoint => Assert.Equal(CheckpointKind.Manual, checkpoint.Kind));
        await job.SavepointAsync(In("good"), Cancellation);
        await RefusedAsync("good", "it is not empty");
        await job.StopAsync(Cancellation);
        await RefusedAsync("late", "the job has ended");
        Assert.False(Directory.Exists(In("late")));

        async Task RefusedAsync(string name, string why)
        {
            var refused = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.SavepointAsync(In(name), Cancellation));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_savepoint_that_is_not_waited_for_any_more_is_finished_or_leaves_nothing()
    {
        using var impatient = new CancellationTokenSource();
        var job = Totals(new MemorySink<int>()).Start(new JobOptions { MaxRecordsPerSecond = Rate }, Cancellation);
        await SeenAsync(job, 2000);
        var asked = job.SavepointAsync(In("savepoint"), impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await job.StopAsync(Cancellation);
        if (job.Checkpoints.Any(checkpoint => checkpoint is { Kind: CheckpointKind.Savepoint, State: CheckpointState.Completed }))
        {
            Savepoint.Open(In("savepoint")).Dispose();
        }
        else
        {
            Assert.False(Directory.Exists(In("savepoint")));
        }
    }

    [Fact]
    public async Task A_job_that_cannot_be_stopped_with_a_savepoint_goes_on_and_says_so()
    {
        var sink = new MemorySink<int>();
        var files = new FullFiles();
        var options = new JobOptions
        {
            MaxRecordsPerSecond = Rate,
            SavepointFiles = files,
            CheckpointInterval = TimeSpan.FromMilliseconds(5),
            RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.Zero),
        };
        var job = Totals(sink).Start(options, Cancellation);
        await SeenAsync(job, 3000);
        files.IsFull = true;
        var failed = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.StopWithSavepointAsync(In("savepoint"), Cancellation));
        Assert.Contains("disk is full", failed.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("savepoint")));
        var plain = await Assert.ThrowsAsync<CheckpointFailedException>(() => job.SavepointAsync(In("savepoint"), Cancellation));
        Assert.Contains("disk is full", plain.Message, StringComparison.Ordinal);
        files.IsFull = false;
        var result = await job.StopWithSavepointAsync(In("savepoint"), Cancellation);
        Assert.Equal(1, result.Restarts);
        Assert.Equal(Expected(sink.Committed.Count), sink.Visible);
        Savepoint.Open(In("savepoint")).Dispose();
    }

    [Fact]
    public async Task A_savepoint_that_was_cut_short_anywhere_or_lacks_a_file_is_refused()
    {
        var job = Totals(new MemorySink<int>()).Start(new JobOptions { MaxRecordsPerSecond = Rate }, Cancellation);
        await SeenAsync(job, 2000);
        await job.StopWithSavepointAsync(In("savepoint"), Cancellation);
        foreach (var file in Directory.GetFiles(In("savepoint")))
        {
            var whole = File.ReadAllBytes(file);

            // Each length of a manifest; of state, whose whole length and checksum are in the manifest, some.
            for (var length = 0; length < whole.Length; length += file.EndsWith("manifest", StringComparison.Ordinal) ? 1 : 997)
            {
                File.WriteAllBytes(file, whole.AsSpan(0, length).ToArray());
                var cut = Assert.Throws<SavepointException>(() => Savepoint.Open(In("savepoint")).Dispose());
                Assert.DoesNotContain("..", cut.Message, StringComparison.Ordinal);
            }

            File.Delete(file);
            Assert.Throws<SavepointException>(() => Savepoint.Open(In("savepoint")).Dispose());
            var begun = await Assert.ThrowsAsync<JobException>(() =>
                Totals(new MemorySink<int>()).RunAsync(new JobOptions { RestoreFrom = In("savepoint") }, Cancellation));
            Assert.Contains(In("savepoint"), begun.Message, StringComparison.Ordinal);
            File.WriteAllBytes(file, whole);
        }

        Savepoint.Open(In("savepoint")).Dispose();
        Assert.Contains("no such directory", Assert.Throws<SavepointException>(() => Savepoint.Open(In("nowhere"))).Message,
            StringComparison.Ordinal);
        Directory.CreateDirectory(In("half"));
        File.WriteAllText(In("half/.unfinished"), "");
        Assert.Contains("was not finished", Assert.Throws<SavepointException>(() => Savepoint.Open(In("half"))).Message,
            StringComparison.Ordinal);
    }

    private static Job Totals(ISink<int> sink)
    {
        var job = new Job("totals");
        job.From(new EndlessSource()).Id("numbers")
            .KeyBy(value => value % Keys)
            .Reduce((one, other) => unchecked(one + other)).Id("totals")
            .To(sink).Id("sink");
        return job;
    }

    // The running total of each key after each of its numbers: k, k + (k + 997), …
    private static IEnumerable<int> Expected(long numbers)
    {
        var totals = new int[Keys];
        return Enumerable.Range(0, (int)numbers).Select(number => totals[number % Keys] += number).ToList().Order();
    }

    private static int Sum(int key, long numbers) =>
        Enumerable.Range(0, (int)numbers).Where(number => number % Keys == key).Sum();

    private static IEnumerable<(int Key, int Sum)> Of(SavepointState totals) => totals.Read()
        .Select(entry => ((int)(long)entry.Key!, (int)(long)((IReadOnlyDictionary<string, object?>)entry.Value!)["Value"]!)).Order();

    private static int Count(int key, int sum)
    {
        var count = 0;
        for (var number = key; sum > 0 || (sum == 0 && key == 0 && count == 0); number += Keys)
        {
            sum -= number;
            count++;
        }

        return count;
    }

    private static async Task SeenAsync(RunningJob job, long records)
    {
        while (job.Progress.RecordsIn < records)
        {
            // One checkpoint after the other: they pass the time.
            Assert.False(job.Completion.IsCompleted, job.Completion.Exception?.ToString());
            await job.CheckpointAsync(Cancellation);
        }
    }

    private string In(string name) => Path.Combine(_directory, name);
}
