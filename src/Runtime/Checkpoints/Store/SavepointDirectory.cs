using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>A directory that holds one savepoint and nothing else, and refers to nothing outside: it may be moved and copied.</summary>
/// <remarks>
/// A savepoint is there when its file <c>manifest</c> is. While it is being written there is a file <c>.unfinished</c>, which keeps others
/// away, and tells a savepoint that was never finished from a directory that never was one.
/// </remarks>
/// <param name="files">The file system.</param>
/// <param name="path">The directory.</param>
internal sealed class SavepointDirectory(IFileSystem files, string path)
{
    // A manifest holds handles and small items. What is larger is not one, and must not be read into memory to find that out.
    private const int MaxManifestBytes = 64 << 20;

    private readonly List<string> _written = [];

    /// <summary>Gets the directory, absolute.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    private string Manifest => In("manifest");

    private string NewManifest => In(".manifest");

    private string Unfinished => In(".unfinished");

    /// <summary>Makes the directory ready to be written to, before anything of the job is held up for it.</summary>
    /// <exception cref="CheckpointFailedException">It cannot be.</exception>
    public void Claim()
    {
        try
        {
            if (FileErrors.FileInTheWayOf(files, Path) is { } file)
            {
                throw Refused($"'{file}' is a file", null);
            }

            if (files.DirectoryExists(Path) && (files.ListFiles(Path).Count > 0 || files.ListDirectories(Path).Count > 0))
            {
                throw Refused("it is not empty: give each savepoint a new directory", null);
            }

            DurableDirectory.Create(files, Path);
            WholeFile.Write(files, Unfinished, []);
            _written.Add(Unfinished);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(failure.Message, failure);
        }
    }

    /// <summary>Creates a state file.</summary>
    public Stream Create(string name)
    {
        Graph.Names.Check(name, "state file");
        var file = files.CreateNew(In(name));
        _written.Add(In(name));
        return new StateOutput(file, static () => { });
    }

    /// <summary>Makes the savepoint exist: all of its state files are durable.</summary>
    public void Finish(ReadOnlySpan<byte> manifest)
    {
        _written.Add(NewManifest);
        WholeFile.Write(files, NewManifest, manifest);
        files.SyncDirectory(Path);
        files.Rename(NewManifest, Manifest);
        files.SyncDirectory(Path);
        _written.Clear();
        files.DeleteFile(Unfinished);
        files.SyncDirectory(Path);
    }

    /// <summary>Deletes what was written of a savepoint that is given up; best effort. What exists stays.</summary>
    public void Abandon()
    {
        try
        {
            if (_written.Count > 0 && !files.FileExists(Manifest))
            {
                _written.ForEach(files.DeleteFile);
                if (files.ListFiles(Path).Count == 0 && files.ListDirectories(Path).Count == 0)
                {
                    files.DeleteDirectory(Path);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What is left says of itself that it is unfinished.
        }
    }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what there is instead.</exception>
    /// <exception cref="InvalidDataException">It is too large for one.</exception>
    public ReadOnlyMemory<byte> ReadManifest()
    {
        if (files.FileExists(Manifest))
        {
            return WholeFile.Read(files, Manifest, MaxManifestBytes);
        }

        throw new FileNotFoundException(
            !files.DirectoryExists(Path) ? "there is no such directory"
            : files.FileExists(Unfinished) ? "it was not finished: it has no manifest"
            : "it has no manifest, and so is no savepoint",
            Manifest);
    }

    /// <summary>Opens a state file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Stream Open(string name)
    {
        Graph.Names.Check(name, "state file");
        return files.FileExists(In(name)) ? new StateInput(files.OpenRead(In(name)))
            : throw new FileNotFoundException($"'{In(name)}' is missing", In(name));
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private CheckpointFailedException Refused(string why, Exception? cause) =>
        new($"No savepoint was begun, because the directory '{Path}' cannot be used: {why}.", cause);
}
