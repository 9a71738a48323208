using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>What the header of a file says about the columns of a format.</summary>
/// <param name="ColumnOfField">For each field of the file the column of the format, or -1 for one that the format has no use for.</param>
/// <param name="Missing">Columns of the format that the file lacks, and may lack.</param>
/// <param name="Unused">Columns of the file that the format has no use for.</param>
internal sealed record CsvHeader(int[] ColumnOfField, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused)
{
    /// <summary>
    /// Finds the columns of a format in a header. Case, <c>_</c>, <c>-</c> and blanks do not count, unless two columns of the format differ
    /// in nothing else.
    /// </summary>
    /// <exception cref="FormatException">A column that the format needs is missing, or is there twice.</exception>
    public static CsvHeader Match(IReadOnlyList<string> names, IReadOnlyList<CsvColumn> columns)
    {
        var plain = names.Select(Plain).ToArray();
        var map = new int[names.Count];
        Array.Fill(map, -1);
        var missing = new List<string>();
        for (var column = 0; column < columns.Count; column++)
        {
            var name = columns[column].Name;
            var wanted = Plain(name);
            var isAlone = columns.Count(other => Plain(other.Name) == wanted) == 1;
            int[] fields = [.. Enumerable.Range(0, names.Count).Where(field => isAlone ? plain[field] == wanted : names[field] == name)];
            if (fields.Length > 1)
            {
                throw new FormatException($"the column '{Excerpt.Of(name)}' is there twice. The columns are: {Excerpt.Of(names)}.");
            }

            if (fields is [var found])
            {
                map[found] = column;
            }
            else if (columns[column].IsRequired)
            {
                throw new FormatException(
                    $"it lacks the column '{Excerpt.Of(name)}'. The columns are: {Excerpt.Of(names)}. " +
                    "Check that the delimiter is right and that the first line is a header, or make the member nullable.");
            }
            else
            {
                missing.Add(name);
            }
        }

        return new CsvHeader(map, missing, [.. names.Where((_, field) => map[field] < 0)]);
    }

    private static string Plain(string name) =>
        new([.. name.Where(c => c is not ('_' or '-') && !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)]);
}
