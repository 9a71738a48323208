using System.Globalization;
using System.Text;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Writing;

/// <summary>The text of a command that inserts rows. Pure.</summary>
internal static class InsertText
{
    private static readonly int[] All = [512, 64, 8, 1];

    /// <summary>A prepared statement has fewer values than this.</summary>
    public const int MaxValues = 65_535;

    /// <summary>What inserts so many rows, with a <c>?</c> for each value.</summary>
    /// <param name="table">The table, quoted.</param>
    /// <param name="columns">The columns, not quoted.</param>
    /// <param name="rows">How many rows.</param>
    public static string Of(string table, IReadOnlyList<string> columns, int rows)
    {
        var row = $"({string.Join(',', Enumerable.Repeat('?', columns.Count))})";
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} ({string.Join(", ", columns.Select(Commands.Quote))}) VALUES ");
        for (var i = 0; i < rows; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(row);
        }

        return text.ToString();
    }

    /// <summary>Of how many rows statements are prepared, the largest first. Any number of rows is a few of them.</summary>
    public static IReadOnlyList<int> Sizes(int columns) =>
        [.. All.Where(rows => rows == 1 || (long)rows * columns <= MaxValues)];
}
