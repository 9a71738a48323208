using System.Globalization;
using System.Text;

namespace Weir.Runtime.Files.Writing;

/// <summary>The name of a part file, in all its states. No other place makes or reads such names.</summary>
/// <param name="Operator">The job and the sink, escaped.</param>
/// <param name="Subtask">Who wrote it.</param>
/// <param name="Attempt">In which start of the job.</param>
/// <param name="Number">Its number among the files of the same subtask and attempt.</param>
/// <param name="Extension">With the dot.</param>
internal readonly record struct PartName(string Operator, int Subtask, long Attempt, long Number, string Extension)
{
    private const string InProgressSuffix = ".inprogress";
    private const string PendingSuffix = ".pending";
    private const int LongestOperator = 120;

    /// <summary>Gets the visible name: the file is committed.</summary>
    public string Finished => string.Create(CultureInfo.InvariantCulture, $"part-{Operator}-{Subtask}-{Attempt}-{Number}{Extension}");

    /// <summary>Gets the hidden name of a file that is being written.</summary>
    public string InProgress => $".{Finished}{InProgressSuffix}";

    /// <summary>Gets the hidden name of a file that a checkpoint may commit.</summary>
    public string Pending => PendingOf(Finished);

    public static string PendingOf(string finished) => $".{finished}{PendingSuffix}";

    /// <summary>The name of a file of malformed lines.</summary>
    public static string OfRejected(string @operator, string file, long start, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"rejected-{Escape(@operator)}-{Escape(file)}-{start}-{number}.jsonl");

    /// <summary>Reads a name in any of its states.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="extension">The extension of this sink.</param>
    /// <param name="part">What it names.</param>
    /// <param name="isHidden">Whether it is not committed.</param>
    public static bool TryParse(string name, string extension, out PartName part, out bool isHidden)
    {
        part = default;
        var rest = name.AsSpan();
        isHidden = rest.StartsWith(".");
        if (isHidden)
        {
            rest = rest[1..];
            rest = rest.EndsWith(PendingSuffix) ? rest[..^PendingSuffix.Length] : rest.EndsWith(InProgressSuffix) ? rest[..^InProgressSuffix.Length] : default;
        }

        if (!rest.StartsWith("part-") || !rest.EndsWith(extension))
        {
            return false;
        }

        // From the right: the operator may hold dashes, the numbers cannot.
        rest = rest["part-".Length..^extension.Length];
        if (!TakeNumber(ref rest, out var number) || !TakeNumber(ref rest, out var attempt) || !TakeNumber(ref rest, out var subtask) || subtask > int.MaxValue)
        {
            return false;
        }

        part = new PartName(rest.ToString(), (int)subtask, attempt, number, extension);
        return true;
    }

    /// <summary>Makes a text safe as part of a file's name: as it is if it can be, otherwise one-to-one with %XX, and shortened by a hash.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+' ? escaped.Append(c) : escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.Length <= LongestOperator ? escaped.ToString()
            : $"{escaped.ToString(0, LongestOperator - 10)}%~{StableHash.Of(Encoding.UTF8.GetBytes(text)):x8}";
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> rest, out long number)
    {
        var dash = rest.LastIndexOf('-');
        if (!long.TryParse(rest[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number) || dash <= 0)
        {
            return false;
        }

        rest = rest[..dash];
        return true;
    }
}
