using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Docs;

/// <summary>The sinks of the page <c>write-a-sink.md</c> do what the page says.</summary>
public sealed class SinkTests
{
    private static readonly int[] Records = [.. Enumerable.Range(0, 5000)];

    [Fact]
    public async Task Text_files_hold_each_record_once_after_a_failure()
    {
        var directory = Directory.CreateTempSubdirectory("weir-text-files").FullName;
        try
        {
            ITransactionalSink<int> sink = new TextFiles<int>(directory);
            await Run(sink);
            var rows = Directory.EnumerateFiles(directory, "docs+*.txt").SelectMany(File.ReadLines).Select(int.Parse);
            Assert.Equal(Records, rows.Order());
            Assert.Empty(Directory.EnumerateFiles(directory, ".*"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Lines_hold_each_record_at_least_once_after_a_failure()
    {
        var output = new StringWriter();
        await Run(new Lines<int>(output));
        var rows = output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        Assert.Equal(Records, rows.Distinct().Order());
    }

    private static async Task Run(ISink<int> sink)
    {
        var source = new FailingSource<int>(Records);
        var job = new Job("docs");
        job.From(source).To(sink);
        var result = await job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.FromMilliseconds(1)),
                OnEvent = happened =>
                {
                    if (happened is JobEvent.CheckpointCompleted)
                    {
                        source.CheckpointCompleted();
                    }
                },
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, result.Restarts);
    }
}
