using System.IO.Enumeration;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>What a user named as input: a file, a directory, or a directory with a pattern for the files in it.</summary>
internal sealed class InputPath
{
    private readonly string _given;
    private readonly string _workingDirectory;

    public InputPath(string given)
    {
        ArgumentException.ThrowIfNullOrEmpty(given, "path");
        _given = given;
        _workingDirectory = Environment.CurrentDirectory;
        Full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
    }

    /// <summary>Gets the path, absolute, as of when the source was made: a later change of the working directory changes nothing.</summary>
    public string Full { get; }

    private bool IsPattern => Path.GetFileName(Full).AsSpan().ContainsAny('*', '?');

    /// <summary>The files, absolute and in ordinal order.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="mayBeEmpty">Whether a directory without files is an answer: they may come later.</param>
    public IReadOnlyList<string> List(IFileSystem files, bool mayBeEmpty)
    {
        if (files.FileExists(Full))
        {
            return [Full];
        }

        if (files.DirectoryExists(Full))
        {
            return Matching(files, Full, "*", mayBeEmpty);
        }

        var directory = Path.GetDirectoryName(Full);
        if (IsPattern && directory is not null && files.DirectoryExists(directory))
        {
            return Matching(files, directory, Path.GetFileName(Full), mayBeEmpty);
        }

        throw new SourceException($"There is no file or directory '{Full}'{Given}. {Advice(directory)}");
    }

    /// <summary>Whether a file of an earlier listing is one that this path could list.</summary>
    public bool Covers(string file)
    {
        if (file == Full)
        {
            return true;
        }

        var directory = Path.GetDirectoryName(file);
        var name = Path.GetFileName(file);
        return (directory == Full && !IsHidden(name))
            || (IsPattern && directory == Path.GetDirectoryName(Full) && IsMatch(name, Path.GetFileName(Full)));
    }

    private string Given => _given == Full ? "" : $" (given as '{_given}' in the working directory '{_workingDirectory}')";

    private string Advice(string? directory) =>
        _given.Contains("://", StringComparison.Ordinal)
            ? "Files are read from disks, and not from addresses: fetch it first."
        : directory is not null && directory.AsSpan().ContainsAny('*', '?')
            ? "The wildcards '*' and '?' count in the name of a file, and not in those of directories: make a source of each directory "
                + "and Union them."
            : "Check the spelling, and whether the path is meant relative to another directory.";

    private string[] Matching(IFileSystem files, string directory, string pattern, bool mayBeEmpty)
    {
        IReadOnlyList<string> names;
        try
        {
            names = files.ListFiles(directory);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SourceException(
                $"The directory '{directory}' may not be listed by the user this process runs as: check its permissions.", error);
        }

        var matching = names.Where(name => IsMatch(name, pattern)).Select(name => Path.Combine(directory, name)).ToArray();
        return matching.Length > 0 || mayBeEmpty ? matching : throw new SourceException(
            $"No file in '{directory}' matches '{pattern}'{Given}: the directory holds {Counted.Of(names.Count, "file")}. " +
            "Hidden ones, which begin with '.' or '_', are not read, nor are directories in it.");
    }

    private static bool IsMatch(string name, string pattern) =>
        !IsHidden(name) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private static bool IsHidden(string name) => name.Length > 0 && name[0] is '.' or '_';
}
