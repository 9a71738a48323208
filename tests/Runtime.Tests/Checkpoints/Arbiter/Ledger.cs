using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Tests.Checkpoints.Arbiter;

/// <summary>
/// A small transactional store: a log of entries in a directory, each a file that appears whole under the next free number.
/// </summary>
/// <remarks>
/// To append is compare-and-set: an entry takes the number after the last that its writer has read, and is refused if somebody else took
/// it. Whoever
/// finds an attempt newer than its own in the log is fenced. No threads, no clocks: a simulator may own it.
/// </remarks>
internal sealed class Ledger(IFileSystem files, string directory)
{
    private readonly List<Entry> _entries = [];

    /// <summary>The rows of all committed transactions, in order.</summary>
    public IReadOnlyList<string> Rows
    {
        get
        {
            Read();
            return [.. _entries.SelectMany(entry => entry.Rows)];
        }
    }

    /// <summary>The checkpoints that were decided, newest first.</summary>
    public IReadOnlyList<CheckpointName> Decided
    {
        get
        {
            Read();
            return [.. _entries.Where(entry => entry.Checkpoint is not null).Select(entry => entry.Checkpoint!.Value).Reverse()];
        }
    }

    /// <summary>Shuts out attempts older than this one.</summary>
    public void Fence(long attempt) => Append(attempt, null, []);

    /// <summary>Commits rows and the name of the checkpoint that covers them, together.</summary>
    public void Commit(CheckpointName checkpoint, IReadOnlyList<string> rows) => Append(checkpoint.Attempt, checkpoint, rows);

    /// <summary>Whether a checkpoint was decided; asked by its own attempt.</summary>
    public bool HasDecided(CheckpointName checkpoint)
    {
        Read();
        ThrowIfFenced(checkpoint.Attempt);
        return _entries.Exists(entry => entry.Checkpoint == checkpoint);
    }

    private void Append(long attempt, CheckpointName? checkpoint, IReadOnlyList<string> rows)
    {
        DurableDirectory.Create(files, directory);
        for (var i = 0; ; i++)
        {
            Read();
            ThrowIfFenced(attempt);
            var number = _entries.Count + 1;
            var unfinished = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".{number}.a{attempt}.{i}"));
            var entry = new Entry(attempt, checkpoint, rows);
            files.DeleteFile(unfinished);
            WholeFile.Write(files, unfinished, Encoding.UTF8.GetBytes(entry.ToText()));
            try
            {
                files.Rename(unfinished, PathOf(number));
            }
            catch (IOException) when (files.FileExists(PathOf(number)))
            {
                continue;
            }

            files.SyncDirectory(directory);
            return;
        }
    }

    private void ThrowIfFenced(long attempt)
    {
        if (_entries.Exists(entry => entry.Attempt > attempt))
        {
            throw new FencedException($"Attempt {attempt} was fenced in the ledger.");
        }
    }

    private void Read()
    {
        while (files.FileExists(PathOf(_entries.Count + 1)))
        {
            _entries.Add(Entry.Of(Encoding.UTF8.GetString(WholeFile.Read(files, PathOf(_entries.Count + 1)).Span)));
        }

        // Whoever wrote the last may have died before making its name durable; what was read must stay.
        if (_entries.Count > 0)
        {
            files.SyncDirectory(directory);
        }
    }

    private string PathOf(int number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"tx-{number}"));

    private sealed record Entry(long Attempt, CheckpointName? Checkpoint, IReadOnlyList<string> Rows)
    {
        public static Entry Of(string text)
        {
            var lines = text.Split('\n');
            var head = lines[0].Split(' ');
            var attempt = long.Parse(head[0], CultureInfo.InvariantCulture);
            var id = long.Parse(head[1], CultureInfo.InvariantCulture);
            return new Entry(attempt, id == 0 ? null : new CheckpointName(attempt, new CheckpointId(id)), lines[1..]);
        }

        public string ToText() =>
            string.Join('\n', [string.Create(CultureInfo.InvariantCulture, $"{Attempt} {Checkpoint?.Id.Value ?? 0}"), .. Rows]);
    }
}
