using System.Data.Common;

namespace Weir.Kills.Tests.Targets;

/// <summary>A table of a database.</summary>
/// <param name="source">How the verifier connects.</param>
/// <param name="connection">How the victim does.</param>
/// <param name="table">The table.</param>
internal abstract class DatabaseTarget(DbDataSource source, string connection, string table) : ITarget
{
    public string Connection => connection;

    public string Table => table;

    /// <summary>Gets the type of text in this database.</summary>
    protected abstract string Text { get; }

    public async Task CreateAsync()
    {
        await ExecuteAsync($"DROP TABLE IF EXISTS {table}");
        await ExecuteAsync(
            $"CREATE TABLE {table} (kind {Text} NOT NULL, name {Text} NOT NULL, at bigint NOT NULL, number bigint NOT NULL, "
                + "total bigint NOT NULL)");
    }

    public Task<List<string>> RowsAsync() => ListAsync(
        $"SELECT kind, name, at, number, total FROM {table}",
        row => ExpectedRows.Text(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));

    public abstract Task<IReadOnlyList<string>> StraysAsync(string job);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return source.DisposeAsync();
    }

    protected async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(read(reader));
        }

        return list;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
