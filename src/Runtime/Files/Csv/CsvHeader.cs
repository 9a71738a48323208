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
        var lacking = new List<string>();
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
                lacking.Add(name);
            }
            else
            {
                missing.Add(name);
            }
        }

        if (lacking.Count > 0)
        {
            throw new FormatException(Lacks(lacking, names, columns));
        }

        return new CsvHeader(map, missing, [.. names.Where((_, field) => map[field] < 0)]);
    }

    private static string Lacks(List<string> lacking, IReadOnlyList<string> names, IReadOnlyList<CsvColumn> columns)
    {
        var wanted = lacking is [var one] ? $"the column '{Excerpt.Of(one)}'" : $"the columns {Excerpt.Of(lacking)}";
        return $"it lacks {wanted}. The columns are: {Excerpt.Of(names)}. {Advice(names, columns)}";
    }

    // A single name that would give all columns if it were cut elsewhere tells what the delimiter is.
    private static string Advice(IReadOnlyList<string> names, IReadOnlyList<CsvColumn> columns)
    {
        if (names is [var all])
        {
            foreach (var delimiter in ";\t|,:".Where(delimiter => all.Contains(delimiter, StringComparison.Ordinal)))
            {
                var parts = all.Split(delimiter).Select(Plain).ToHashSet(StringComparer.Ordinal);
                if (columns.Any(column => parts.Contains(Plain(column.Name))))
                {
                    var shown = delimiter == '\t' ? "\\t" : $"{delimiter}";
                    return $"The delimiter seems to be '{shown}': set CsvOptions.Delimiter.";
                }
            }
        }

        return names.Any(name => name.Contains('\uFFFD', StringComparison.Ordinal))
            ? "Some bytes of it are not UTF-8: convert the file, for instance by 'iconv -f WINDOWS-1252 -t UTF-8'."
            : "Check that the delimiter is right and that the first line is a header; or name a member's column by [Column(\"…\")], or "
                + "make the member nullable.";
    }

    private static string Plain(string name) =>
        new([.. name.Where(c => c is not ('_' or '-') && !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)]);
}
