namespace Weir;

/// <summary>A part of a file: the lines that begin at or after <paramref name="Start"/> and before <paramref name="End"/>.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Start">The first byte; 0 for the whole file.</param>
/// <param name="End">The byte behind the last.</param>
/// <param name="FileLength">The file's length when it was listed. What is appended later is not read, so that a replay reads the
/// same.</param>
public sealed record FileSplit(string Path, long Start, long End, long FileLength)
{
    /// <summary>
    /// Gets a hash of parts of the file as of when it was listed, so that another file of the same name is noticed; null if it is not
    /// known.
    /// </summary>
    public ulong? Fingerprint { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}[{Start}..{End})";
}
