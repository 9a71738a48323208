namespace Weir.Runtime.Files.Reading;

/// <summary>The messages of inputs that cannot be read.</summary>
internal static class SourceErrors
{
    public static SourceException Missing(string path, Exception inner) => new(
        $"The input file '{path}' is gone: it was there when the job listed its input. Put it back, or start a new job with its own checkpoint directory.", inner);

    public static SourceException NotPermitted(string path, Exception inner) => new(
        $"The input file '{path}' may not be read by the user this process runs as: check its permissions.", inner);

    public static SourceException Shrunk(string path, long found, long listed) => new(
        $"The input file '{path}' has {found} bytes, but had {listed} when the job listed it: it has been replaced or truncated since the checkpoint. " +
        "Put the original back, or start a new job with its own checkpoint directory.");

    public static SourceException BadHeader(string path, string reason, Exception inner) => new(
        $"The header of '{path}' does not fit: {reason}", inner);

    public static SourceException Malformed(string path, long line, string reason, string text, Exception inner) => new(
        $"Line {line} of '{path}' is malformed: {reason}. The line: {text}{Environment.NewLine}" +
        "Correct the line, or choose what happens to such lines by OnMalformed in the options of the source: MalformedRows.Skip or MalformedRows.WriteTo(directory).", inner);
}
