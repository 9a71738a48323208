using System.Globalization;

namespace Weir.Runtime;

/// <summary>Numbers with their nouns, as messages have them: 1 file, 2 files.</summary>
internal static class Counted
{
    /// <summary>A number and its noun.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun of one; an s makes it several.</param>
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
