using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>What an operator's keyed state gained and lost between two barriers: a file, or a few bytes in the manifest.</summary>
/// <remarks>
/// A snapshot is a row of runs. In the newest that has a key the key's value is found; a run may say that a key had gone. Everything but
/// the handles and slices belongs to the subtask's thread.
/// </remarks>
/// <param name="barrier">The barrier at its end.</param>
internal sealed class StateRun(int barrier)
{
    /// <summary>The most files of a snapshot: a restore reads all of them.</summary>
    public const int MostFiles = 8;

    /// <summary>Gets or sets the barrier at its end.</summary>
    public int Barrier { get; set; } = barrier;

    /// <summary>Gets or sets how many entries it has, what had gone included.</summary>
    public long Count { get; set; }

    /// <summary>Gets or sets where it is; more than one if it stands for all that was restored, none if it is empty.</summary>
    public ImmutableArray<StateHandle> Handles { get; set; } = [];

    /// <summary>Gets or sets where in it the entries of each key group are; they count the handles from 0.</summary>
    public ImmutableArray<KeyGroupSlice> Slices { get; set; } = [];

    /// <summary>Gets or sets whether it is durable: null until that is known.</summary>
    public bool? IsWritten { get; set; }

    /// <summary>How many of the oldest runs a new one is put beside; the others it takes the place of. Pure.</summary>
    /// <remarks>
    /// <para>A new run is written of the table, and not of runs that are read: to take the place of runs it holds all that has changed
    /// since the one before them. So none is read again, and what has changed twice is written once.</para>
    /// <para>Runs stay as they are until there are too many. Then those go whose entries are fewer than what is written anyway, from the
    /// youngest on: each entry is written again a few times, as the logarithm of the state by the changes. When all runs together hold
    /// twice what the first does, everything is written anew.</para>
    /// </remarks>
    /// <param name="runs">The runs, the oldest first.</param>
    /// <param name="changes">How many entries the new one has at least.</param>
    /// <returns>How many stay.</returns>
    public static int Staying(IReadOnlyList<StateRun> runs, long changes)
    {
        if (runs.Count > 0 && runs[0].Count <= runs.Skip(1).Sum(static run => run.Count) + changes)
        {
            return 0;
        }

        var files = runs.Sum(FilesOf);
        var staying = runs.Count;
        if (files < MostFiles)
        {
            return staying;
        }

        for (var written = changes; staying > 0 && (files >= MostFiles || runs[staying - 1].Count <= written); staying--)
        {
            written += runs[staying - 1].Count;
            files -= FilesOf(runs[staying - 1]);
        }

        return staying;
    }

    // One that is being written will have one.
    private static int FilesOf(StateRun run) => Math.Max(1, run.Handles.Length);
}
