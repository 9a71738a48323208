using System.Diagnostics;
using System.Globalization;

namespace Weir.Hosting.Tests;

/// <summary>The sample <c>samples/Worker</c> in a process of its own, which ends with the test.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    public WorkerProcess(DirectoryInfo directory, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Worker.dll"), $"--Output={OutputOf(directory)}",
                $"--Weir:Defaults:CheckpointDirectory={Path.Combine(directory.FullName, "checkpoints")}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Errors = _process.StandardError.ReadToEndAsync(Cancellation);
    }

    public Task<string> Errors { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string OutputOf(DirectoryInfo directory) => Path.Combine(directory.FullName, "out");

    /// <summary>Waits for a line of standard output that has a text in it.</summary>
    public async Task Says(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(Cancellation) is { } next && !next.Contains(text, StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Sends a signal, and waits for the end.</summary>
    /// <returns>The exit code, and what was still said.</returns>
    public async Task<(int ExitCode, string Said)> End(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        return await Ended();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int ExitCode, string Said)> Ended()
    {
        var rest = await _process.StandardOutput.ReadToEndAsync(Cancellation) + await Errors;
        await _process.WaitForExitAsync(Cancellation);
        return (_process.ExitCode, rest);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
