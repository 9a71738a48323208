using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

/// <summary>A job without end whose checkpoints are in memory is doubtful, unless somebody says that it is meant.</summary>
public sealed class MemoryOnlyTests
{
    private static readonly GeneratedRecords<long> Endless = Generate.Records(static index => index);

    [Fact]
    public void What_is_doubtful_is_told_with_the_way_out()
    {
        var doubt = MemoryOnly.Doubt(Reading(Endless), new JobOptions());
        Assert.StartsWith(
            "Job 'readings' reads endless generated records without end, and keeps its checkpoints in memory",
            doubt,
            StringComparison.Ordinal);
        Assert.Contains("No CheckpointInterval is set either", doubt, StringComparison.Ordinal);
        Assert.EndsWith("say so: CheckpointStore = new MemoryCheckpointStore().", doubt, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_names_a_place_or_has_an_end_is_not_told()
    {
        Assert.Null(MemoryOnly.Doubt(Reading(Endless.Take(10)), new JobOptions()));
        Assert.Null(MemoryOnly.Doubt(Reading(Endless), new JobOptions { CheckpointDirectory = "checkpoints" }));
        Assert.Null(MemoryOnly.Doubt(Reading(Endless), new JobOptions { CheckpointStore = new MemoryCheckpointStore() }));
    }

    [Fact]
    public void Files_that_are_waited_for_have_no_end() => Assert.NotNull(MemoryOnly.Doubt(
        Reading(Csv.Read<FilesRow>("/in", new CsvOptions { NewFilesEvery = TimeSpan.FromSeconds(1) })), new JobOptions()));

    [Fact]
    public async Task The_start_of_a_job_warns()
    {
        var warned = new TaskCompletionSource<string>();
        using var stop = new CancellationTokenSource();
        var running = Reading(Endless).Start(
            new JobOptions { OnEvent = e => _ = e is JobEvent.Warning warning && warned.TrySetResult(warning.Message) }, stop.Token);
        Assert.Contains("without end", await warned.Task.WaitAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Completion);
    }

    private static Job Reading<T>(ISource<T> source)
    {
        var job = new Job("readings");
        job.From(source).To(StandardOutput.Lines<T>(writer: TextWriter.Null));
        return job;
    }
}
