using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>
/// While one process is at any of its file operations, another runs from start to end, on a file system whose locks do nothing. One of the
/// two must be refused,
/// and the other's output must be whole.
/// </summary>
public sealed class FilesSinkRivalTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 12)];
    private static readonly int[] OtherRows = [.. Enumerable.Range(100, 12)];

    public FilesSinkRivalTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData("job")]
    [InlineData("another")]
    public async Task Two_lives_of_a_job_or_two_jobs_never_both_succeed(string name)
    {
        var operations = await Operations();
        var winners = new int[2];
        for (var operation = 1L; operation <= operations; operation++)
        {
            var files = new SimulatedFileSystem { HasLocks = false };
            var first = new FilesSinkJob(files, Rows);
            var second = new FilesSinkJob(files, OtherRows, name) { RunSalt = 77 };
            var (firstError, secondError) = await Interleave(files, operation, first.Run, second.Run);

            Assert.True(firstError is null != secondError is null, $"At operation {operation}: {firstError} / {secondError}");
            var loser = firstError ?? secondError;
            Assert.True(loser is SinkException, $"At operation {operation}: {loser}");
            var winner = firstError is null ? 0 : 1;
            winners[winner]++;
            Assert.Equal(winner == 0 ? Rows : OtherRows, new FilesReader(files).Rows());
        }

        Assert.All(winners, count => Assert.InRange(count, 1, int.MaxValue));
    }

    [Fact]
    public async Task A_process_that_was_believed_dead_does_no_harm_to_its_successor()
    {
        var operations = await Operations();
        for (var operation = 1L; operation <= operations; operation++)
        {
            var files = new SimulatedFileSystem { HasLocks = false };
            var job = new FilesSinkJob(files, Rows);
            var (zombie, successor) = await Interleave(files, operation, job.Run, job.Run);

            Assert.True(successor is null, $"At operation {operation}: {successor}");
            Assert.True(zombie is null or FencedException or SinkException or FileNotFoundException, $"At operation {operation}: {zombie}");
            Assert.True(Rows.SequenceEqual(new FilesReader(files).Rows()),
                $"At operation {operation}: {string.Join(' ', new FilesReader(files).Rows())}");

            await job.Run();
            Assert.Equal(Rows, new FilesReader(files).Rows());
            Assert.DoesNotContain(files.ListFiles("/out"), file => file[0] == '.');
        }
    }

    private static async Task<(Exception? First, Exception? Second)> Interleave(
        SimulatedFileSystem files, long operation, Func<Task> first, Func<Task> second)
    {
        Exception? secondError = null;
        files.Fault = at =>
        {
            if (at.Number == operation)
            {
                files.Fault = null;
                var run = Record(second);
                Assert.True(run.IsCompleted);
                secondError = run.Result;
            }

            return null;
        };
        return (await Record(first), secondError);
    }

    private static async Task<Exception?> Record(Func<Task> run) => await Xunit.Record.ExceptionAsync(run);

    private static async Task<long> Operations()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        await new FilesSinkJob(files, Rows).Run();
        return files.Operations;
    }
}
