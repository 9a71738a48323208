namespace Weir.Runtime.Files.Reading;

/// <summary>A source that reads files.</summary>
internal interface IFileInput
{
    /// <summary>Whether it would read a file if it were there.</summary>
    /// <param name="file">The path, absolute.</param>
    bool Covers(string file);
}
