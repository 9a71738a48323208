using System.Collections.Concurrent;
using Weir.Runtime.Files.Writing;
using Weir.Runtime.Tests.Running;
using Weir.Testing;

namespace Weir.Runtime.Tests.Savepoints;

/// <summary>Jobs that write files and begin with a savepoint: in the directory that they wrote to before, and in another.</summary>
public sealed class SavepointOutputTests
{
    private readonly SimulatedFileSystem _files = new();
    private readonly ConcurrentQueue<string> _told = new();

    public SavepointOutputTests() => FilesRowCsv.Register();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_branch_of_a_running_job_writes_to_another_directory_what_follows_the_savepoint_and_no_more()
    {
        var job = Numbers("/out").Start(Options(), Cancellation);
        var savepoint = await SavedAsync(job);
        var store = new MemoryCheckpointStore();
        var options = Options() with { CheckpointStore = store, RestoreFrom = savepoint.SavepointDirectory };

        // The first try fails before its first checkpoint: the second begins with the savepoint again.
        var branch = await RunAsync(Numbers("/branch", failsOnce: true), options, restarts: 1);
        Assert.True(IsToldOfWhatIsLeft());
        var result = await job.StopAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, (int)result.RecordsIn), new FilesReader(_files).Rows());
        var begins = UpTo(savepoint.Name.Id);
        Assert.InRange(begins, 1, (int)result.RecordsIn);
        var rows = new FilesReader(_files, "/branch").Rows();
        Assert.Equal(Enumerable.Range(begins, rows.Length), rows);
        Assert.InRange(rows.Length, 100, branch.RecordsIn);

        // The branch has checkpoints of its own now, and they belong to its directory.
        var refused = await Assert.ThrowsAsync<JobException>(() => Numbers("/third").RunAsync(options, Cancellation));
        Assert.Contains("is not the one that the checkpoint's files were written to", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/out")]
    [InlineData("/other")]
    public async Task A_job_that_was_stopped_with_a_savepoint_goes_on_in_whatever_directory(string directory)
    {
        var job = Numbers("/out").Start(Options(), Cancellation);
        await SavedAsync(job);
        var read = (int)(await job.StopWithSavepointAsync("/stopped", Cancellation)).RecordsIn;
        Assert.Equal(Enumerable.Range(0, read), new FilesReader(_files).Rows());

        await RunAsync(Numbers(directory, failsOnce: true), Options() with { RestoreFrom = "/stopped" }, restarts: 1);

        Assert.Equal(directory != "/out", IsToldOfWhatIsLeft());
        var first = directory == "/out" ? 0 : read;
        var rows = new FilesReader(_files, directory).Rows();
        Assert.Equal(Enumerable.Range(first, rows.Length), rows);
        Assert.InRange(rows.Length, read - first + 100, int.MaxValue);
        Assert.Equal(directory == "/out" ? rows.Length : read, new FilesReader(_files).Rows().Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_savepoint_of_a_job_that_has_died_is_finished_in_its_own_directory_or_refused_if_a_file_is_lost(bool isLost)
    {
        using var death = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var job = Numbers("/out").Start(Options(), death.Token);
        var savepoint = await SavedAsync(job);
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.Completion);
        var options = Options() with { RestoreFrom = savepoint.SavepointDirectory };
        if (isLost)
        {
            _files.DeleteFile("/out/" + _files.ListFiles("/out").First(name => name.EndsWith(".pending", StringComparison.Ordinal)));
            var refused = await Assert.ThrowsAsync<JobException>(() => Numbers("/out", keepsOutput: true).RunAsync(options, Cancellation));
            Assert.Contains("is lost", refused.Message, StringComparison.Ordinal);
            return;
        }

        await RunAsync(Numbers("/out", keepsOutput: true), options, restarts: 0);
        var rows = new FilesReader(_files).Rows();
        Assert.Equal(Enumerable.Range(0, rows.Length), rows);
    }

    private bool IsToldOfWhatIsLeft() =>
        _told.Any(text => text.Contains("in the directory of the job that wrote ", StringComparison.Ordinal));

    private async Task<JobResult> RunAsync(Job job, JobOptions options, int restarts)
    {
        var running = job.Start(options, Cancellation);
        while (running.Progress.RecordsIn < 300)
        {
            Assert.False(running.Completion.IsCompleted, running.Completion.Exception?.ToString());
            await Task.Yield();
        }

        var result = await running.StopAsync(Cancellation);
        Assert.Equal(restarts, result.Restarts);
        return result;
    }

    // One savepoint after the other: they pass the time, and commit nothing.
    private async Task<JobCheckpoint> SavedAsync(RunningJob job)
    {
        for (var number = 1; ; number++)
        {
            var isEnough = job.Progress.RecordsIn >= 300;
            var savepoint = await job.SavepointAsync($"/savepoint-{number}", Cancellation);
            if (isEnough)
            {
                Assert.Empty(new FilesReader(_files).Rows());
                return savepoint;
            }
        }
    }

    // How many rows the files hold that were pre-committed for a checkpoint and those before it.
    private int UpTo(CheckpointId checkpoint) => _files.ListFiles("/out")
        .Where(name => PartName.TryParse(name, out var part, out var state) && state == PartState.Finished && part.Checkpoint <= checkpoint)
        .Sum(name => _files.Get($"/out/{name}").AsSpan().Count((byte)'\n'));

    private JobOptions Options() => new()
    {
        MaxRecordsPerSecond = 20_000,
        CheckpointStore = new MemoryCheckpointStore(),
        CheckpointInterval = TimeSpan.FromHours(1),
        SavepointFiles = _files,
        RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.Zero),
        OnEvent = happened =>
        {
            if (happened is JobEvent.Warning { Message: var text })
            {
                _told.Enqueue(text);
            }
        },
    };

    private Job Numbers(string directory, bool failsOnce = false, bool keepsOutput = false)
    {
        var seen = 0;
        var mayFail = failsOnce;
        var job = new Job("numbers");
        job.From(new EndlessSource()).Id("numbers").Select(value =>
        {
            if (mayFail && ++seen == 50)
            {
                mayFail = false;
                throw new InvalidOperationException("the first try fails");
            }

            return new FilesRow("r", value);
        }).To(Weir.Files.JsonLines<FilesRow>(
            directory, new FileSinkOptions { FileSystem = _files, KeepsExistingOutput = keepsOutput })).Id("files");
        return job;
    }
}
