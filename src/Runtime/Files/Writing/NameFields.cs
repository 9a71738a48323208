using System.Globalization;

namespace Weir.Runtime.Files.Writing;

/// <summary>Takes the fields of a file's name off, from the right: what stands on the left may hold dashes of its own.</summary>
internal static class NameFields
{
    /// <summary>Takes the last field: a number, by itself or behind letters.</summary>
    public static bool TryTakeNumber(ref ReadOnlySpan<char> rest, out long number) => TryTakeNumber(ref rest, "", out number);

    /// <inheritdoc cref="TryTakeNumber(ref ReadOnlySpan{char}, out long)"/>
    public static bool TryTakeNumber(ref ReadOnlySpan<char> rest, string letters, out long number)
    {
        var dash = rest.LastIndexOf('-');
        var field = rest[(dash + 1)..];
        number = 0;
        if (dash <= 0 || !field.StartsWith(letters) || !TryRead(field[letters.Length..], out number))
        {
            return false;
        }

        rest = rest[..dash];
        return true;
    }

    /// <summary>Takes the last two fields: <c>chk-‹n›.a‹k›</c>.</summary>
    public static bool TryTakeCheckpoint(ref ReadOnlySpan<char> rest, out CheckpointName name)
    {
        name = default;
        var dash = rest.LastIndexOf('-');
        var field = rest[(dash + 1)..];
        var dot = field.IndexOf(".a");
        if (dash <= 0 || dot <= 0 || !TryRead(field[..dot], out var id) || !TryRead(field[(dot + 2)..], out var attempt)
            || !rest[..dash].EndsWith("-chk"))
        {
            return false;
        }

        rest = rest[..(dash - "-chk".Length)];
        name = new CheckpointName(attempt, new CheckpointId(id));
        return true;
    }

    /// <summary>Takes the last field: a run.</summary>
    public static bool TryTakeRun(ref ReadOnlySpan<char> rest, out RunId run)
    {
        var dash = rest.LastIndexOf('-');
        if (dash < 0 || !RunId.TryParse(rest[(dash + 1)..].ToString(), out run))
        {
            run = default;
            return false;
        }

        rest = rest[..dash];
        return true;
    }

    // Only as it is written: a name that is read and written again must be the same.
    private static bool TryRead(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (digits.Length == 1 || digits[0] != '0');
}
