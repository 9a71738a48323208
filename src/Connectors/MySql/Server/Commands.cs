using MySqlConnector;

namespace Weir.MySqlServers.Server;

/// <summary>Short ways to run a command.</summary>
internal static class Commands
{
    /// <summary>Runs a command, or several; with values for its <c>?</c>.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async ValueTask<int> ExecuteAsync(
        this MySqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        var command = Of(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The only value of a query; null for none, and for NULL.</summary>
    public static async ValueTask<object?> ScalarAsync(
        this MySqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        var command = Of(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is { } value and not DBNull ? value : null;
        }
    }

    /// <summary>The rows of a query.</summary>
    public static async ValueTask<IReadOnlyList<TRow>> ListAsync<TRow>(
        this MySqlConnection connection, string sql, Func<MySqlDataReader, TRow> read, CancellationToken cancellation,
        params object[] values)
    {
        var list = new List<TRow>();
        var command = Of(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    list.Add(read(reader));
                }
            }
        }

        return list;
    }

    /// <summary>A name as SQL needs it.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static MySqlCommand Of(MySqlConnection connection, string sql, object[] values)
    {
        var command = new MySqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }

        return command;
    }
}
