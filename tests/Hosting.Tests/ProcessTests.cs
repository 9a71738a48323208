using System.Text.Json;

namespace Weir.Hosting.Tests;

/// <summary>The sample as Kubernetes or a terminal runs it: a process that is told to stop by a signal.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-worker-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task H24_A_signal_lets_the_last_checkpoint_be_taken_and_each_row_comes_once(string signal)
    {
        for (var start = 1; start <= 2; start++)
        {
            Assert.Equal(0, await RunUntil(signal, "runs: attempt"));
        }

        var numbers = Numbers();

        // The interval is longer than the test: what is visible is the work of the last checkpoints.
        Assert.NotEmpty(numbers);
        Assert.Equal(Expected(numbers[^1]), numbers);
        Assert.DoesNotContain(Directory.GetFiles(Output), file => Path.GetFileName(file).StartsWith("part-", StringComparison.Ordinal)
            && file.Contains(".inprogress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task H24_An_interrupt_may_make_a_savepoint_and_the_next_start_goes_on_behind_it()
    {
        var savepoints = Path.Combine(_directory.FullName, "savepoints");
        string[] saving = ["--Weir:Defaults:Shutdown=Savepoint", $"--Weir:Defaults:SavepointDirectory={savepoints}"];
        Assert.Equal(0, await RunUntil("INT", "runs: attempt", saving));
        var savepoint = Assert.Single(Directory.GetDirectories(savepoints));
        Assert.NotEmpty(Savepoint.Open(savepoint).Operators);

        // From its own checkpoint, which the savepoint is of; and from the savepoint alone.
        Assert.Equal(0, await RunUntil("TERM", "runs: attempt"));
        var numbers = Numbers();
        Assert.Equal(Expected(numbers[^1]), numbers);
        Directory.Delete(Path.Combine(_directory.FullName, "checkpoints"), recursive: true);
        using var worker = new WorkerProcess(_directory, [$"--Weir:Jobs:readings:RestoreFrom={savepoint}"]);
        await worker.Says("of attempt");
        Assert.Equal(0, (await worker.End("TERM")).ExitCode);
    }

    [Fact]
    public async Task A_wrong_setting_ends_the_process_with_its_path()
    {
        using var worker = new WorkerProcess(_directory, ["--Weir:Jobs:readings:Parallelism=many"]);
        var (exitCode, said) = await worker.Ended();
        Assert.NotEqual(0, exitCode);
        Assert.Contains("'many' at 'Weir:Jobs:readings:Parallelism'", said, StringComparison.Ordinal);
    }

    private string Output => WorkerProcess.OutputOf(_directory);

    private List<long> Numbers() => [.. Directory.GetFiles(Output, "part-*").SelectMany(File.ReadLines)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("number").GetInt64())
        .Order()];

    private static IEnumerable<long> Expected(long last)
    {
        for (var number = 0L; number <= last; number++)
        {
            if ((number % 41) - 20 > 0)
            {
                yield return number;
            }
        }
    }

    private async Task<int> RunUntil(string signal, string line, params string[] arguments)
    {
        using var worker = new WorkerProcess(_directory, arguments);
        await worker.Says(line);
        var (exitCode, rest) = await worker.End(signal);
        Assert.DoesNotContain("without a", rest, StringComparison.Ordinal);
        return exitCode;
    }
}
