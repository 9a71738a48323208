using System.Diagnostics;
using System.Globalization;

namespace Weir.Databases.Victim;

/// <summary>A point that a process does not survive when it comes there for the n-th time.</summary>
internal sealed class FatalPoint(string name, int count)
{
    private int _left = count;

    /// <summary>Reads <c>after-prepare:3</c>.</summary>
    public static FatalPoint Parse(string text)
    {
        var parts = text.Split(':');
        return new FatalPoint(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The process has come to a point. kill -9: nothing is said, closed or flushed.</summary>
    public void Pass(string point)
    {
        if (point == name && Interlocked.Decrement(ref _left) == 0)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
