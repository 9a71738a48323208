using System.Globalization;

namespace Weir.Runtime.Files.Writing;

/// <summary>
/// A line of the ledger: that a checkpoint was decided, and which files one subtask finished with it. It is the name of an empty file.
/// </summary>
/// <remarks>
/// It is durable before the first of its files becomes visible. So a file that is absent under both its names was taken by a reader if its
/// entry is there, and lost if it is not.
/// </remarks>
/// <param name="Run">The life of the job.</param>
/// <param name="Checkpoint">The checkpoint that the files were pre-committed for.</param>
/// <param name="Subtask">Who wrote them.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many, with numbers that follow each other.</param>
/// <param name="Rows">How many rows they hold together.</param>
/// <param name="Extension">Of the files, with the dot.</param>
internal readonly record struct LedgerEntry(
    RunId Run, CheckpointName Checkpoint, int Subtask, long First, int Count, long Rows, string Extension)
{
    private const string Prefix = "done-";

    /// <summary>
    /// Gets the name of its file. The extension comes first and without its dot, so that no pattern for part files matches.
    /// </summary>
    public string FileName => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{Extension.AsSpan(1)}-{Run}-{Checkpoint.Id}.a{Checkpoint.Attempt}-{Subtask}-{First}-{Count}-{Rows}");

    /// <summary>The entry of a transaction that was pre-committed.</summary>
    /// <param name="transaction">The transaction, with at least one file.</param>
    public static LedgerEntry Of(FileTransaction transaction)
    {
        var isPart = PartName.TryParse(transaction.Parts[0], out var first, out var state) && state == PartState.Finished;
        return isPart
            ? new LedgerEntry(
                first.Run,
                new CheckpointName(first.Attempt, first.Checkpoint!.Value),
                first.Subtask,
                first.Number,
                transaction.Parts.Count,
                transaction.Rows,
                first.Extension)
            : throw new SinkException(
                $"A checkpoint names '{transaction.Parts[0]}' as an output file, which is no name that this Weir gives.");
    }

    /// <summary>Reads a file's name.</summary>
    public static bool TryParse(string name, out LedgerEntry entry)
    {
        entry = default;
        var rest = name.AsSpan();
        if (!rest.StartsWith(Prefix)
            || !NameFields.TryTakeNumber(ref rest, out var rows)
            || !NameFields.TryTakeNumber(ref rest, out var count) || count is 0 or > int.MaxValue
            || !NameFields.TryTakeNumber(ref rest, out var first)
            || !NameFields.TryTakeNumber(ref rest, out var subtask) || subtask > int.MaxValue
            || !NameFields.TryTakeCheckpoint(ref rest, out var checkpoint)
            || !NameFields.TryTakeRun(ref rest, out var run)
            || rest.Length <= Prefix.Length)
        {
            return false;
        }

        entry = new LedgerEntry(run, checkpoint, (int)subtask, first, (int)count, rows, $".{rest[Prefix.Length..]}");
        return true;
    }

    /// <summary>The names of its files, finished.</summary>
    /// <param name="operator">The job and the sink, as part names have them.</param>
    public IEnumerable<PartName> Parts(string @operator)
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new PartName(@operator, Run, Checkpoint.Id, Checkpoint.Attempt, Subtask, First + i, Extension);
        }
    }
}
