using System.Diagnostics;
using System.Globalization;
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

        var numbers = Directory.GetFiles(Output, "part-*").SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("number").GetInt64())
            .Order()
            .ToList();

        // The interval is longer than the test: what is visible is the work of the last checkpoints.
        Assert.NotEmpty(numbers);
        Assert.Equal(Expected(numbers[^1]), numbers);
        Assert.DoesNotContain(Directory.GetFiles(Output), file => Path.GetFileName(file).StartsWith("part-", StringComparison.Ordinal)
            && file.Contains(".inprogress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_setting_ends_the_process_with_its_path()
    {
        using var worker = Start("--Weir:Jobs:readings:Parallelism=many");
        var errors = await worker.StandardError.ReadToEndAsync(Cancellation);
        await worker.WaitForExitAsync(Cancellation);
        Assert.NotEqual(0, worker.ExitCode);
        Assert.Contains("'many' at 'Weir:Jobs:readings:Parallelism'", errors, StringComparison.Ordinal);
    }

    private string Output => Path.Combine(_directory.FullName, "out");

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

    private async Task<int> RunUntil(string signal, string line)
    {
        using var worker = Start();
        var errors = worker.StandardError.ReadToEndAsync(Cancellation);
        while (await worker.StandardOutput.ReadLineAsync(Cancellation) is { } next && !next.Contains(line, StringComparison.Ordinal))
        {
        }

        var rest = worker.StandardOutput.ReadToEndAsync(Cancellation);
        using (var kill = Process.Start("kill", [$"-{signal}", worker.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await worker.WaitForExitAsync(Cancellation);
        Assert.DoesNotContain("without a last checkpoint", await rest + await errors, StringComparison.Ordinal);
        return worker.ExitCode;
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Worker.dll"), $"--Output={Output}",
            $"--Weir:Defaults:CheckpointDirectory={Path.Combine(_directory.FullName, "checkpoints")}", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
