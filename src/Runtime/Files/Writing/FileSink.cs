using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>Writes records to files in a directory.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class FileSink<T> : ITransactionalSink<T>, IFileOutput
{
    private readonly FileSinkOptions _options;
    private readonly Func<RowEncoder<T>> _encoder;
    private readonly string _kind;
    private readonly string _extension;
    private readonly string _directory;
    private readonly OutputLeases _leases;

    public FileSink(string kind, string extension, string directory, FileSinkOptions options, Func<RowEncoder<T>> encoder)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options.Check();
        _kind = kind;
        _extension = extension;
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _options = options;
        _encoder = encoder;
        _leases = new OutputLeases(_directory, options);
    }

    public string Description => $"{_kind} in {_directory}";

    public string Directory => _directory;

    public string AnyPart => Path.Combine(_directory, $"part-{_extension}");

    public ISinkWriter<T> Open(SinkContext context)
    {
        var lease = Take(new OutputOwner(PartName.OperatorOf(context.Job, context.Operator), context.RunId, context.Attempt));
        try
        {
            return new FileSinkWriter<T>(_directory, _options, _encoder(), context, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private OutputLease Take(OutputOwner me)
    {
        try
        {
            return _leases.Take(me);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException(
                $"The output directory '{_directory}' cannot be created or written to by the user this process runs as: "
                + "check its permissions, or choose another.",
                error);
        }
        catch (IOException error) when (FileErrors.FileInTheWayOf(_options.FileSystem, OutputDirectory.RecordsOf(_directory)) is { } file)
        {
            throw new SinkException(
                $"The output directory '{_directory}' cannot be created: '{file}' is a file. Choose another directory, or move the file "
                    + "away.", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // A place where no directory can be will be none after a restart either.
            throw new SinkException(
                $"The output directory '{_directory}' cannot be created: {error.Message} Choose another directory.", error);
        }
    }
}
