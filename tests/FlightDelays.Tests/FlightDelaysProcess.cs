using System.Diagnostics;
using System.Text;

namespace Weir.FlightDelays.Tests;

/// <summary>The main job as a user runs it: a process with a command line, in a directory of its own.</summary>
internal sealed class FlightDelaysProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();

    private FlightDelaysProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets all it wrote, to either stream.</summary>
    public string Output
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString();
            }
        }
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "FlightDelays.dll");

    /// <summary>Starts it by way of other programs, which take away what it may do.</summary>
    public static FlightDelaysProcess Start(string directory, IEnumerable<string> wrapper, params string[] arguments)
    {
        string[] command = [.. wrapper, "dotnet", Program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new FlightDelaysProcess(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output) Run(string directory, params string[] arguments)
    {
        using var process = Start(directory, [], arguments);
        return process.Wait();
    }

    public (int ExitCode, string Output) Wait()
    {
        if (!_process.WaitForExit(Longest))
        {
            Assert.Fail($"It did not end within {Longest.TotalSeconds} s:\n{Output}");
        }

        // Without a limit this one also waits for the rest of the output.
        _process.WaitForExit();
        return (_process.ExitCode, Output);
    }

    /// <summary>As kill -9 does: nothing is tidied up.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                _output.AppendLine(line);
            }
        }
    }
}
