using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Victim;

/// <summary>
/// A point at which something befalls a process when it comes there for the n-th time: it dies, unless it is told otherwise.
/// </summary>
/// <param name="name">The point; empty for none.</param>
/// <param name="count">The time, from 1.</param>
/// <param name="fate">Empty to die; <see cref="Stops"/> or <see cref="Tells"/>.</param>
/// <param name="record">The file that the hit is written to before it kills: so that its reader knows who killed.</param>
internal sealed partial class FatalPoint(string name, int count, string fate, string record)
{
    /// <summary>It stands still, as with SIGSTOP, until somebody lets it go on.</summary>
    public const string Stops = "stop";

    /// <summary>It goes on: somebody who reads of the hit kills it soon.</summary>
    public const string Tells = "tell";

    // SIGSTOP of Linux.
    private const int StopSignal = 19;

    private int _left = count;

    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Reads <c>after-commit:3</c> or <c>after-commit:3:stop</c>.</summary>
    public static FatalPoint Parse(string text, string record)
    {
        var parts = text.Split(':');
        return parts.Length < 2 ? new FatalPoint("", 0, "", record)
            : new FatalPoint(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts.ElementAtOrDefault(2) ?? "", record);
    }

    /// <summary>The process has come to a point. kill -9: nothing is said, closed or flushed.</summary>
    public void Pass(string point)
    {
        if (point == name && Interlocked.Decrement(ref _left) == 0)
        {
            File.AppendAllText(record, $"{name}\n");
            switch (fate)
            {
                case Stops:
                    _ = Signal(Environment.ProcessId, StopSignal);
                    break;
                case Tells:
                    break;
                default:
                    Process.GetCurrentProcess().Kill();
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
