using System.Collections.Immutable;
using System.IO.Hashing;
using System.Security.Cryptography;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Savepoints;
using Weir.Runtime.State;

namespace Weir;

/// <summary>Writes a savepoint from nothing, for a job to begin with: with what a database knows, say, before the first record.</summary>
/// <remarks>
/// It holds states of keyed processes. Sources that are not in it begin with all of their splits. For one thread at a time; what is added
/// is kept in memory, encoded.
/// </remarks>
/// <param name="job">The name of the job that will begin with it; messages say it.</param>
/// <param name="keyGroupCount">The number of key groups: the greatest parallelism that the job can ever have. Null for 128.</param>
public sealed class SavepointWriter(string job, int? keyGroupCount = null)
{
    private const string FileEnd = ".state";

    private readonly SortedDictionary<string, SavepointProcess> _processes = new(StringComparer.Ordinal);
    private readonly int _keyGroupCount = keyGroupCount ?? KeyGroups.DefaultCount(1);

    /// <summary>The states of a keyed process, or of another verb that keeps such states.</summary>
    /// <typeparam name="TKey">The key, as in <c>KeyBy</c>.</typeparam>
    /// <param name="id">The operator's id, as in <c>.Id("…")</c>.</param>
    /// <returns>Where its states are added.</returns>
    /// <exception cref="ArgumentException">There is one of this id with another key.</exception>
    public SavepointProcess<TKey> Process<TKey>(string id)
        where TKey : notnull
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (!_processes.TryGetValue(id, out var process))
        {
            _processes[id] = process = new SavepointProcess<TKey>(id, _keyGroupCount);
        }

        return process as SavepointProcess<TKey> ?? throw new ArgumentException($"Operator '{id}' has other keys than {typeof(TKey)}.");
    }

    /// <summary>Writes it.</summary>
    /// <param name="directory">Where: a new or an empty directory.</param>
    /// <param name="files">The file system; null for the machine's.</param>
    /// <exception cref="CheckpointFailedException">The directory cannot be used.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(string directory, IFileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var place = new SavepointDirectory(files ?? PhysicalFileSystem.Instance, directory);
        place.Claim();
        try
        {
            ImmutableArray<ManifestOperator> operators =
                [.. _processes.Values.Select((process, number) => Write(process, $"{number}-0-0{FileEnd}", place))];

            // Chance decides nothing but its name: two savepoints must not be taken for the same.
            var run = new RunId(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
            place.Finish(ManifestFormat.Write(new Manifest(
                job,
                new CheckpointName(1, new CheckpointId(1)),
                run,
                IsFinal: false,
                TimeProvider.System.GetUtcNow(),
                Parallelism: 1,
                _keyGroupCount,
                IsInterpreted: false,
                operators)).Span);
        }
        catch
        {
            place.Abandon();
            throw;
        }
    }

    private static ManifestOperator Write(SavepointProcess process, string file, SavepointDirectory place)
    {
        var crc = new Crc32();
        var slices = ImmutableArray.CreateBuilder<KeyGroupSlice>();
        var length = 0L;
        using (var stream = place.Create(file))
        {
            foreach (var piece in process.Encode())
            {
                var bytes = piece.Entries;
                slices.Add(new KeyGroupSlice(piece.KeyGroup, 0, length, bytes.Length));
                length += bytes.Length;
                crc.Append(bytes.Span);
                stream.Write(bytes.Span);
            }

            stream.Flush();
        }

        var snapshot = new OperatorSnapshot(
            process.Id, [new StateHandle.InFile(file, length, crc.GetCurrentHashAsUInt32())], slices.ToImmutable(), [], []);
        return new ManifestOperator(process.Id, process.Schemas, [snapshot]) { Parts = process.Parts };
    }
}
