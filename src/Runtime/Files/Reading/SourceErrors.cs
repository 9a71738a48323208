namespace Weir.Runtime.Files.Reading;

/// <summary>
/// The messages of inputs that cannot be read. Each is short, whatever the input holds, and shows no byte that does not print.
/// </summary>
internal static class SourceErrors
{
    private const int LongestPath = 110;
    private const int LongestMessage = 480;
    private const int ShortestReason = 120;

    public static SourceException Missing(string path, Exception inner) => new(
        $"The input file '{path}' is gone: it was there when the job listed its input. Put it back, or start a new job with its own "
            + "checkpoint directory.", inner);

    public static SourceException BadName(string path, Exception inner) => new(
        $"There is a file whose name is no UTF-8, shown as '{path}': such names cannot be opened. Rename it, or take it away from the "
            + "input.", inner);

    public static SourceException NoRejected(string directory, Exception inner) => new(
        $"Malformed lines cannot be written to '{directory}', as MalformedRows.WriteTo asks: {inner.Message} Name a directory that can "
            + "be created and written to.", inner);

    public static SourceException NotPermitted(string path, Exception inner) => new(
        $"The input file '{path}' may not be read by the user this process runs as: check its permissions.", inner);

    public static SourceException Shrunk(string path, long found, long listed) => new(
        $"The input file '{path}' has {Counted.Of(found, "byte")}, but had {listed} when the job listed it: it has been replaced or "
            + "truncated since the checkpoint. Put the original back, or start a new job with its own checkpoint directory.");

    public static SourceException NoText(string path, string reason) => new($"The input file '{Shown(path)}' {reason}.");

    public static SourceException Replaced(string path, long listed) => new(
        $"The content of the input file '{path}' has changed since it was listed: its first {listed} bytes are others than they were "
            + "then. What has been read of " +
        "it and what is there now do not belong together. Put the original back (what was appended to it may stay), or start a new job "
            + "with its own checkpoint directory.");

    public static SourceException Relisted(string input, int listed, int found, string? behind, string? last) => new(
        $"The input '{input}' has changed since the job listed it: {Counted.Of(listed, "file")} {(listed == 1 ? "was" : "were")} left to "
            + $"be read behind '{behind}' up to '{last}', now there {(found == 1 ? "is" : "are")} {found}. "
            + "Take away what was added or put back what was removed, or start a new job with its own checkpoint directory.");

    public static SourceException TooLong(string path, long offset, int limit) => new(
        $"A line of '{Shown(path)}' at byte {offset} is longer than {limit} bytes. " +
        "If the file is what it should be, raise MaxLineBytes in the options of the source.");

    public static SourceException BadHeader(string path, string reason, Exception inner) => new(
        $"The header of '{Shown(path)}' does not fit: {reason}", inner);

    public static SourceException Malformed(string path, long line, string reason, string text, Exception inner)
    {
        var place = $"Line {line} of '{Shown(path)}' is malformed: ";
        var rest = $". The line: {text}{Environment.NewLine}"
            + "Correct the line, or set OnMalformed of the source to MalformedRows.Skip or MalformedRows.WriteTo(directory).";
        return new($"{place}{Short(reason, LongestMessage - place.Length - rest.Length)}{rest}", inner);
    }

    /// <summary>A path as messages show it: the end of a long one, which holds the name.</summary>
    public static string Shown(string path) => path.Length <= LongestPath ? path : $"…{path.AsSpan(path.Length - LongestPath)}";

    private static string Short(string reason, int room)
    {
        var most = Math.Max(room, ShortestReason);
        return reason.Length <= most ? reason : $"{reason.AsSpan(0, most)}…";
    }
}
