using System.Diagnostics;
using System.Globalization;

namespace Weir.Victim;

/// <summary>A point that a process does not survive when it comes there for the n-th time.</summary>
/// <param name="name">The point; empty for none.</param>
/// <param name="count">The time, from 1.</param>
/// <param name="record">The file that the hit is written to before it kills: so that its reader knows who killed.</param>
internal sealed class FatalPoint(string name, int count, string record)
{
    private int _left = count;

    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Reads <c>after-commit:3</c>.</summary>
    public static FatalPoint Parse(string text, string record)
    {
        var parts = text.Split(':');
        return parts.Length < 2 ? new FatalPoint("", 0, record)
            : new FatalPoint(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), record);
    }

    /// <summary>The process has come to a point. kill -9: nothing is said, closed or flushed.</summary>
    public void Pass(string point)
    {
        if (point == name && Interlocked.Decrement(ref _left) == 0)
        {
            File.AppendAllText(record, $"{name}\n");
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
