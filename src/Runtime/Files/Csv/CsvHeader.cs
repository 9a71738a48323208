namespace Weir.Runtime.Files.Csv;

/// <summary>Finds the columns of a format in the header of a file.</summary>
internal static class CsvHeader
{
    /// <summary>For each field of the file the column of the format, or -1 for one that the format has no use for.</summary>
    /// <exception cref="FormatException">A column that the format needs is missing, or is there twice.</exception>
    public static int[] Map(IReadOnlyList<string> names, IReadOnlyList<CsvColumn> columns)
    {
        var plain = names.Select(Plain).ToArray();
        var map = new int[names.Count];
        Array.Fill(map, -1);
        for (var column = 0; column < columns.Count; column++)
        {
            var wanted = Plain(columns[column].Name);
            var field = Array.IndexOf(plain, wanted);
            if (field >= 0 && Array.IndexOf(plain, wanted, field + 1) >= 0)
            {
                throw new FormatException($"the column '{columns[column].Name}' is there twice. The columns are: {string.Join(", ", names)}.");
            }

            if (field >= 0)
            {
                map[field] = column;
            }
            else if (columns[column].IsRequired)
            {
                throw new FormatException(
                    $"it lacks the column '{columns[column].Name}'. The columns are: {string.Join(", ", names)}. " +
                    "Check that the delimiter is right and that the first line is a header, or make the member nullable.");
            }
        }

        return map;
    }

    private static string Plain(string name) =>
        new([.. name.Where(c => c is not ('_' or '-' or ' ')).Select(char.ToLowerInvariant)]);
}
