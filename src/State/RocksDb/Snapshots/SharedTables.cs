using Weir.Runtime.State;

namespace Weir.RocksDbState.Snapshots;

/// <summary>The tables of the store that the last snapshot refers to, by their names: the next need not upload them.</summary>
/// <remarks>
/// Only those of the very last snapshot that was written as a whole: what one leaves out does not come back. A table that was uploaded for
/// a
/// snapshot that failed is uploaded again, under another name.
/// </remarks>
internal sealed class SharedTables
{
    private Dictionary<string, StateHandle.InSharedFile> _files = new(StringComparer.Ordinal);
    private Task _last = Task.CompletedTask;
    private readonly Lock _gate = new();
    private int _begun;

    /// <summary>Begins to write a snapshot: one at a time, in the order of their barriers.</summary>
    /// <param name="number">The number of the snapshot, from 1.</param>
    /// <returns>What to wait for before it is written, and how to tell that it has been, well or badly.</returns>
    /// <exception cref="IOException">A later one has begun: this one was given up, or its turn never came.</exception>
    public (Task Before, TaskCompletionSource Done) Begin(int number)
    {
        lock (_gate)
        {
            if (number < _begun)
            {
                throw new IOException("The state of a later checkpoint is being written already.");
            }

            var (before, done) = (_last, new TaskCompletionSource());
            (_last, _begun) = (done.Task, number);
            return (before, done);
        }
    }

    /// <summary>The file that a table has been uploaded to, if the last snapshot refers to it.</summary>
    public StateHandle.InSharedFile? Find(string table, long length) =>
        _files.TryGetValue(table, out var file) && file.Length == length ? file : null;

    /// <summary>A snapshot refers to these tables, and to no other.</summary>
    public void Set(IEnumerable<(string Table, StateHandle.InSharedFile File)> files) =>
        _files = files.ToDictionary(file => file.Table, file => file.File, StringComparer.Ordinal);
}
