using System.Globalization;

namespace Weir;

/// <summary>Shows records on the console.</summary>
public static class StandardOutput
{
    /// <summary>A sink that writes a line for each record to standard output.</summary>
    /// <remarks>
    /// For looking on: after a failure the lines since the newest checkpoint are written again. Numbers and dates are formatted as the
    /// invariant culture does, also within <paramref name="format"/>. Lines of several subtasks are never mixed.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="format">Makes the line of a record; null for its <c>ToString</c>.</param>
    /// <param name="writer">Where to instead of standard output. It is flushed and not disposed; the sink must be its only user while the
    /// job runs.</param>
    /// <returns>The sink.</returns>
    public static ISink<T> Lines<T>(Func<T, string>? format = null, TextWriter? writer = null) => writer is null
        ? new LineSink<T>("standard output", static () => Console.Out, format)
        : new LineSink<T>("a text writer", () => writer, format);

    /// <summary>The text of a record: its own, in the invariant culture; nothing for null.</summary>
    internal static string TextOf<T>(T record) =>
        record is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : record?.ToString() ?? "";
}
