using System.Collections.Concurrent;
using Weir.Runtime.Tests.Running;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>Whole jobs that write files: what their users are told, and what readers find.</summary>
public sealed class FilesSinkRunTests
{
    private readonly SimulatedFileSystem _files = new();
    private readonly ConcurrentQueue<JobEvent> _events = new();

    public FilesSinkRunTests() => FilesRowCsv.Register();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task H21_without_its_checkpoints_a_job_refuses_to_repeat_its_output_unless_told_so()
    {
        await StopAfterAsync(3, new MemoryCheckpointStore());
        var finished = _files.ListFiles("/out").Count(name => name.StartsWith("part-", StringComparison.Ordinal));
        var before = new FilesReader(_files).Rows();
        _events.Clear();

        var error = await RefusedAsync(new MemoryCheckpointStore());

        Assert.Contains($"'/out' holds {finished} finished files of this job, without a checkpoint", error.Message,
            StringComparison.Ordinal);
        Assert.Empty(_events.OfType<JobEvent.Started>());
        Assert.Equal(before, new FilesReader(_files).Rows());

        await Numbers(new MemorySource<int>([-1, -2]), new FileSinkOptions { KeepsExistingOutput = true })
            .RunAsync(new JobOptions(), Cancellation);
        Assert.Equal([-2, -1, .. before], new FilesReader(_files).Rows());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H22_a_job_whose_output_directory_is_removed_ends_at_its_next_checkpoint_with_one_error(bool isCreatedAnew)
    {
        var completed = 0;
        var error = await Assert.ThrowsAsync<JobException>(() => Numbers(new EndlessSource()).RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                OnEvent = e =>
                {
                    _events.Enqueue(e);
                    if (e is JobEvent.CheckpointCompleted && ++completed == 2)
                    {
                        _files.DeleteDirectory("/out");
                        if (isCreatedAnew)
                        {
                            _files.CreateDirectory("/out");
                        }
                    }
                },
            },
            Cancellation));

        Assert.Contains("The output directory '/out' was removed, emptied or replaced while the job was running", error.Message,
            StringComparison.Ordinal);

        // Within two checkpoints: one may have been decided already when the directory went, and so may the next be.
        Assert.InRange(completed, 2, 4);
        Assert.Null(Assert.Single(_events.OfType<JobEvent.Failed>()).RetryIn);
        Assert.Empty(_events.OfType<JobEvent.Restarting>());
    }

    [Fact]
    public async Task H22_a_job_whose_output_directory_is_removed_never_ends_well()
    {
        var isRemoved = false;
        var error = await Assert.ThrowsAsync<JobException>(() => Numbers(
            new MemorySource<int>([.. Enumerable.Range(0, 100)]),
            then: value =>
            {
                if (value == 99 && !isRemoved)
                {
                    isRemoved = true;
                    _files.DeleteDirectory("/out");
                }
            }).RunAsync(new JobOptions(), Cancellation));

        Assert.Contains("'/out' was removed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H23_a_reader_takes_each_file_while_the_job_fails_again_and_again()
    {
        var reader = new FilesReader(_files);
        var failed = new HashSet<int>();
        var result = await Numbers(new MemorySource<int>([.. Enumerable.Range(0, 2000)]), then: value =>
        {
            if (value % 400 == 399 && failed.Add(value))
            {
                throw new InvalidOperationException($"{value} fails once");
            }
        }).RunAsync(
            new JobOptions
            {
                BatchCapacity = 8,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                RestartStrategy = RestartStrategy.FixedDelay(100, TimeSpan.Zero),
                OnEvent = _ => reader.Take(),
            },
            Cancellation);

        Assert.Equal(5, result.Restarts);
        Assert.Equal(Enumerable.Range(0, 2000), reader.Rows());
    }

    [Fact]
    public async Task A_damaged_newest_checkpoint_doubles_nothing_that_is_still_there()
    {
        var store = new FaultyStore();
        await StopAfterAsync(3, store);
        await DamageCommittedAsync(store);

        await StopAfterAsync(3, store);

        var rows = new FilesReader(_files).Rows();
        Assert.Equal(Enumerable.Range(0, rows.Length), rows);
        Assert.Contains(_events.OfType<JobEvent.Warning>(), warning =>
            warning.Message.Contains("finished files in '/out' are withdrawn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_newest_checkpoint_whose_files_were_taken_stops_the_job_with_their_names()
    {
        var store = new FaultyStore();
        await StopAfterAsync(3, store);
        var taken = _files.ListFiles("/out");
        new FilesReader(_files).Take();
        await DamageCommittedAsync(store);

        var error = await RefusedAsync(store);

        Assert.Contains("been taken from the output directory '/out'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"because {string.Join(", ", store.Damaged.Reverse())} cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Contains(taken, name => error.Message.Contains(name, StringComparison.Ordinal));
        Assert.Contains("FileSinkOptions.AcceptsDoubledOutput", error.Message, StringComparison.Ordinal);

        await StopAfterAsync(2, store, new FileSinkOptions { AcceptsDoubledOutput = true });
        Assert.Contains(_events.OfType<JobEvent.Warning>(), warning =>
            warning.Message.Contains("are written a second time, as", StringComparison.Ordinal));
        var rows = new FilesReader(_files).Rows();
        Assert.Equal(Enumerable.Range(0, rows[^1] + 1), rows.Distinct());
    }

    [Theory]
    [InlineData("numbers")]
    [InlineData("other")]
    public async Task A_second_job_on_the_same_directory_is_refused_and_the_first_goes_on(string name)
    {
        Exception? refused = null;
        var completed = 0;
        using var cancel = new CancellationTokenSource();
        var second = Numbers(new EndlessSource(), name: name);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Numbers(new EndlessSource()).RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                OnEvent = e =>
                {
                    if (e is JobEvent.CheckpointCompleted && ++completed == 2)
                    {
                        refused = Record.ExceptionAsync(() => second.RunAsync(new JobOptions(), Cancellation)).GetAwaiter().GetResult();
                    }
                    else if (completed == 5)
                    {
                        cancel.Cancel();
                    }
                },
            },
            cancel.Token));

        Assert.Contains("The output directory '/out' is in use: operator 'To-1' of job 'numbers'", Assert.IsType<JobException>(refused)
            .Message, StringComparison.Ordinal);
        var rows = new FilesReader(_files).Rows();
        Assert.Equal(Enumerable.Range(0, rows.Length), rows);
    }

    [Fact]
    public async Task A_type_that_files_cannot_hold_is_told_with_the_sink()
    {
        var job = new Job("numbers");
        job.From(new MemorySource<int>([1, 2, 3])).Select(Task.FromResult).To(Weir.Files.JsonLines<Task<int>>("/out"));

        var error = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(cancellation: Cancellation));

        Assert.StartsWith("'To-1': There is no JSON format for System.Threading.Tasks.Task", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was read or written.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_created_is_named_and_not_tried_again()
    {
        _files.Fault = operation => operation is { Kind: FileOperationKind.CreateDirectory, Path: "/out" }
            ? new FileNotFoundException("Could not find file '/out'.") : null;
        var job = new Job("numbers");
        job.From(new MemorySource<int>([1, 2, 3])).Select(value => new FilesRow("r", value)).To(Sink(null));

        var error = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions { OnEvent = _events.Enqueue }, Cancellation));

        Assert.Contains("The output directory '/out' cannot be created: Could not find file", error.Message, StringComparison.Ordinal);
        Assert.Empty(_events.OfType<JobEvent.Restarting>());
    }

    [Fact]
    public async Task Two_sinks_of_one_job_on_one_directory_are_refused_before_the_first_record()
    {
        var job = new Job("numbers");
        var rows = job.From(new MemorySource<int>([1, 2, 3])).Select(value => new FilesRow("r", value));
        rows.To(Sink(null));
        rows.To(Sink(null));

        var error = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions { OnEvent = _events.Enqueue }, Cancellation));

        Assert.Contains("'To-1' and 'To-2' of this job share the output directory '/out'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop that job", error.Message, StringComparison.Ordinal);
        Assert.Empty(_events.OfType<JobEvent.Started>());
        Assert.Empty(new FilesReader(_files).Rows());
    }

    // The newest is complete, but its files may not have been finished any more. Those of the one before were.
    private static async Task DamageCommittedAsync(FaultyStore store) =>
        store.Damaged.UnionWith((await store.ListAsync("numbers", Cancellation)).Take(2));

    /// <summary>Runs a job that must not begin.</summary>
    private async Task<JobException> RefusedAsync(ICheckpointStore store)
    {
        using var cancel = new CancellationTokenSource();
        return await Assert.ThrowsAsync<JobException>(() => Numbers(new EndlessSource()).RunAsync(
            new JobOptions
            {
                CheckpointStore = store,
                OnEvent = e =>
                {
                    _events.Enqueue(e);
                    if (e is JobEvent.Started)
                    {
                        cancel.Cancel();
                    }
                },
            },
            cancel.Token));
    }

    private async Task StopAfterAsync(int checkpoints, ICheckpointStore store, FileSinkOptions? options = null)
    {
        using var cancel = new CancellationTokenSource();
        var completed = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Numbers(new EndlessSource(), options).RunAsync(
            new JobOptions
            {
                CheckpointStore = store,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                OnEvent = e =>
                {
                    _events.Enqueue(e);
                    if (e is JobEvent.CheckpointCompleted && ++completed == checkpoints)
                    {
                        cancel.Cancel();
                    }
                },
            },
            cancel.Token));
    }

    private Job Numbers(Source<int, int> source, FileSinkOptions? options = null, Action<int>? then = null, string name = "numbers")
    {
        var job = new Job(name);
        job.From(source).Id("From-1").Select(value =>
        {
            then?.Invoke(value);
            return new FilesRow("r", value);
        }).To(Sink(options));
        return job;
    }

    private ISink<FilesRow> Sink(FileSinkOptions? options) =>
        Weir.Files.JsonLines<FilesRow>("/out", (options ?? new FileSinkOptions()) with { FileSystem = _files });
}
