using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Savepoints;

namespace Weir;

/// <summary>A savepoint as tools and tests read it: operators, their states, keys and values. Opened and verified as a whole.</summary>
/// <remarks>For one thread at a time. Nothing is changed by reading.</remarks>
public sealed class Savepoint : IDisposable
{
    private readonly LoadedCheckpoint _loaded;

    private Savepoint(LoadedCheckpoint loaded)
    {
        _loaded = loaded;
        Operators = [.. Manifest.Operators.Select(stateful => new SavepointOperator(stateful, loaded.StatesOf(stateful)))];
    }

    /// <summary>Gets the name of the job that it was taken of.</summary>
    public string Job => Manifest.Job;

    /// <summary>Gets the checkpoint that it is.</summary>
    public CheckpointName Checkpoint => Manifest.Name;

    /// <summary>Gets when it was written.</summary>
    public DateTimeOffset CreatedAt => Manifest.CreatedAt;

    /// <summary>Gets the parallelism that the job had.</summary>
    public int Parallelism => Manifest.Parallelism;

    /// <summary>Gets the number of key groups: that of every job that begins with it.</summary>
    public int KeyGroupCount => Manifest.KeyGroupCount;

    /// <summary>Gets whether the job was stopped with it, or had come to its end: everything before it is committed.</summary>
    public bool IsLast => Manifest.IsLast;

    /// <summary>Gets the operators that remember something, in ordinal order of their ids.</summary>
    public IReadOnlyList<SavepointOperator> Operators { get; }

    private Manifest Manifest => _loaded.Manifest;

    /// <summary>Opens a savepoint, and reads all of it once to verify it.</summary>
    /// <param name="directory">Its directory.</param>
    /// <param name="files">The file system; null for the machine's.</param>
    /// <returns>The savepoint; dispose it.</returns>
    /// <exception cref="SavepointException">There is none, it was not finished, it is damaged, or another Weir wrote it.</exception>
    public static Savepoint Open(string directory, IFileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var place = new SavepointDirectory(files ?? PhysicalFileSystem.Instance, directory);
        try
        {
            // All of it is read from files: nothing is waited for.
            return new Savepoint(SavepointReader.ReadAsync(place, null, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        }
        catch (Exception failure) when (failure is UnusableCheckpointException or OtherFormatException or IOException)
        {
            throw new SavepointException($"The savepoint '{place.Path}' cannot be read: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>The operator of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The operator.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message has those that there are.</exception>
    public SavepointOperator Operator(string id) => Operators.FirstOrDefault(stateful => stateful.Id == id)
        ?? throw new KeyNotFoundException(
            $"The savepoint of job '{Job}' has no operator '{id}'. It has {string.Join(", ", Operators.Select(stateful => stateful.Id))}.");

    /// <summary>Closes its files.</summary>
    public void Dispose() => _loaded.Dispose();
}
