using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>Writes records to files in a directory.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class FileSink<T> : ISink<T>
{
    private readonly FileSinkOptions _options;
    private readonly Func<RowEncoder<T>> _encoder;
    private readonly string _kind;
    private readonly string _directory;

    public FileSink(string kind, string directory, FileSinkOptions options, Func<RowEncoder<T>> encoder)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options.Check();
        _kind = kind;
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _options = options;
        _encoder = encoder;
    }

    public string Description => $"{_kind} in {_directory}";

    public ISinkWriter<T> Open(SinkContext context)
    {
        CreateDirectory();
        return new FileSinkWriter<T>(_directory, _options, _encoder(), context);
    }

    private void CreateDirectory()
    {
        try
        {
            DurableDirectory.Create(_options.FileSystem, _directory);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException(
                $"The output directory '{_directory}' cannot be created by the user this process runs as: create it, or choose another.", error);
        }
        catch (IOException error) when (FileErrors.FileInTheWayOf(_options.FileSystem, _directory) is { } file)
        {
            throw new SinkException($"The output directory '{_directory}' cannot be created: '{file}' is a file. Choose another directory, or move the file away.", error);
        }
    }
}
