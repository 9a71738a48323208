using System.Globalization;
using System.Text;

namespace Weir.Runtime.Files.Writing;

/// <summary>The name of a part file, in all its states. No other place makes or reads such names.</summary>
/// <remarks>
/// A finished name says which checkpoint made the file: whoever falls back to an older checkpoint can tell by it what its rows are doubled
/// by. The run keeps names of two lives of a job apart.
/// </remarks>
/// <param name="Operator">The job and the sink, escaped.</param>
/// <param name="Run">The life of the job.</param>
/// <param name="Checkpoint">The checkpoint that the file was pre-committed for; null while it is in progress.</param>
/// <param name="Attempt">In which start of the job.</param>
/// <param name="Subtask">Who wrote it.</param>
/// <param name="Number">Its number among the files of the same subtask and attempt.</param>
/// <param name="Extension">With the dot.</param>
internal readonly record struct PartName(
    string Operator, RunId Run, CheckpointId? Checkpoint, long Attempt, int Subtask, long Number, string Extension)
{
    /// <summary>What each finished file begins with.</summary>
    public const string Prefix = "part-";

    private const string InProgressSuffix = ".inprogress";
    private const string PendingSuffix = ".pending";
    private const int LongestOperator = 120;

    /// <summary>Gets the visible name: the file is committed.</summary>
    public string Finished => Checkpoint is { } checkpoint
        ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Operator}-{Run}-{checkpoint}.a{Attempt}-{Subtask}-{Number}{Extension}")
        : throw new InvariantException($"a part file of {Operator} has no checkpoint yet, and so no finished name");

    /// <summary>Gets the hidden name of a file that is being written.</summary>
    public string InProgress =>
        string.Create(CultureInfo.InvariantCulture,
            $".{Prefix}{Operator}-{Run}-a{Attempt}-{Subtask}-{Number}{Extension}{InProgressSuffix}");

    /// <summary>Gets the hidden name of a file that a checkpoint may commit.</summary>
    public string Pending => PendingOf(Finished);

    public static string PendingOf(string finished) => $".{finished}{PendingSuffix}";

    /// <summary>The name of a file of malformed lines.</summary>
    public static string OfRejected(string @operator, string file, long start, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"rejected-{Escape(@operator)}-{Escape(file)}-{start}-{number}.jsonl");

    /// <summary>
    /// The part that a job and a sink have in names: ids of operators are unique in a job only. No id and no job's name holds a plus.
    /// </summary>
    public static string OperatorOf(string job, string @operator) => Escape($"{job}+{@operator}");

    /// <summary>Reads a name in any of its states.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="part">What it names.</param>
    /// <param name="state">What state it is in.</param>
    public static bool TryParse(string name, out PartName part, out PartState state)
    {
        part = default;
        var rest = name.AsSpan();
        state = StateOf(ref rest);
        if (!rest.StartsWith(Prefix))
        {
            return false;
        }

        // From the right: the operator may hold dashes and dots, what follows it cannot. The extension begins behind the number.
        rest = rest[Prefix.Length..];
        var last = rest.LastIndexOf('-');
        var dot = rest[(last + 1)..].IndexOf('.');
        if (last < 0 || dot < 0)
        {
            return false;
        }

        var extension = rest[(last + 1 + dot)..].ToString();
        rest = rest[..(last + 1 + dot)];
        if (!NameFields.TryTakeNumber(ref rest, out var number) || !NameFields.TryTakeNumber(ref rest, out var subtask)
            || subtask > int.MaxValue
            || !TryTakeOrigin(ref rest, out var checkpoint, out var attempt) || !NameFields.TryTakeRun(ref rest, out var run)
                || rest.IsEmpty)
        {
            return false;
        }

        part = new PartName(rest.ToString(), run, checkpoint, attempt, (int)subtask, number, extension);
        return checkpoint is null == (state == PartState.InProgress);
    }

    /// <summary>
    /// Makes a text safe as part of a file's name: as it is if it can be, otherwise one-to-one with %XX, and shortened by a hash.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+' ? escaped.Append(c)
                : escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.Length <= LongestOperator ? escaped.ToString()
            : $"{escaped.ToString(0, LongestOperator - 10)}%~{StableHash.Of(Encoding.UTF8.GetBytes(text)):x8}";
    }

    private static PartState StateOf(ref ReadOnlySpan<char> name)
    {
        if (!name.StartsWith("."))
        {
            return PartState.Finished;
        }

        name = name[1..];
        var state = name.EndsWith(PendingSuffix) ? PartState.Pending : PartState.InProgress;
        var suffix = state == PartState.Pending ? PendingSuffix : InProgressSuffix;
        name = name.EndsWith(suffix) ? name[..^suffix.Length] : default;
        return state;
    }

    // Either "chk-‹n›.a‹k›" or, in progress, "a‹k›".
    private static bool TryTakeOrigin(ref ReadOnlySpan<char> rest, out CheckpointId? checkpoint, out long attempt)
    {
        checkpoint = null;
        if (NameFields.TryTakeNumber(ref rest, "a", out attempt))
        {
            return true;
        }

        var isOne = NameFields.TryTakeCheckpoint(ref rest, out var name);
        checkpoint = name.Id;
        attempt = name.Attempt;
        return isOne;
    }
}
