using MySqlConnector;
using Weir.Databases;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Writing;

/// <summary>Says which row was refused.</summary>
internal static class RowFailure
{
    private const string Nothing = "Nothing of the transaction is in the table.";

    /// <summary>A row that the server refused.</summary>
    public static SinkException Refused<T>(MySqlException refused, T row, long number, string target) => new(
        $"{target} refused row {RecordText.Number(number)} of the transaction, {RecordText.Of(row)}: {Failures.TextOf(refused)} {Nothing}",
        refused);

    /// <summary>Rows of which the server refused one, and nobody knows which.</summary>
    public static SinkException Refused(Exception refused, long first, long last, string target) => new(
        $"{target} refused one of the rows {RecordText.Number(first)} to {RecordText.Number(last)} of the transaction: "
            + $"{Failures.TextOf(refused)} {Nothing}",
        refused);
}
