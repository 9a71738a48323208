using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Kills.Tests.Topics;

/// <summary>A start of the victim, from outside: it is listened to, killed, let go on and stopped.</summary>
internal sealed partial class TopicsProcess : IDisposable
{
    // SIGSTOP and SIGCONT of Linux.
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Weir.Victim.dll");

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    public TopicsProcess(IEnumerable<string> orders)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Program, "kafka-topics", .. orders])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Id = _process.Id;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Gets its number.</summary>
    public int Id { get; }

    /// <summary>Gets whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Gets how it ended: 137 if killed with signal 9.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Gets what it has said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Gets how many checkpoints it has completed.</summary>
    public int Checkpoints => Lines.Count(line => line.StartsWith("checkpoint ", StringComparison.Ordinal));

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <summary>It stands still.</summary>
    public void Freeze() => _ = Signal(Id, StopSignal);

    /// <summary>It goes on.</summary>
    public void Thaw() => _ = Signal(Id, ContinueSignal);

    /// <summary>Asks it to stop in an orderly way.</summary>
    public void Stop()
    {
        _process.StandardInput.WriteLine("stop");
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until it has ended, or until something is so.</summary>
    /// <returns>Whether it is so.</returns>
    public async Task<bool> WaitAsync(Func<bool> isSo, TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (!isSo())
        {
            if (_process.HasExited || begun.Elapsed > patience)
            {
                return isSo();
            }

            await Task.Delay(5);
        }

        return true;
    }

    /// <summary>Waits until it has ended and all is read that it said.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"process {Id} has not ended within {patience}, {this}");
        }

        await _reading;
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"exit code {(HasEnded ? ExitCode : -1)}:{Environment.NewLine}{string.Join(Environment.NewLine, Lines.TakeLast(25))}");

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
