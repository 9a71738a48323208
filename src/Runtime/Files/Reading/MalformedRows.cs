namespace Weir;

/// <summary>What happens to a line that cannot be read as a record.</summary>
public sealed class MalformedRows
{
    private MalformedRows(bool isSkipped, string? directory)
    {
        IsSkipped = isSkipped;
        Directory = directory;
    }

    /// <summary>Gets the default: the job fails with file, line number, text and reason.</summary>
    public static MalformedRows Fail { get; } = new(isSkipped: false, directory: null);

    /// <summary>Gets the choice to leave the line out and count it.</summary>
    public static MalformedRows Skip { get; } = new(isSkipped: true, directory: null);

    internal bool IsSkipped { get; }

    internal string? Directory { get; }

    /// <summary>
    /// Leaves the line out, counts it, and writes it to a file in a directory: JSON lines <c>{"file","line","offset","reason","text"}</c>.
    /// At least once: after a recovery a line may be there again, with the same file and offset.
    /// </summary>
    /// <param name="directory">The directory; created if missing. It should not be one that the source reads.</param>
    /// <returns>The choice.</returns>
    public static MalformedRows WriteTo(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new(isSkipped: true, Path.GetFullPath(directory));
    }
}
