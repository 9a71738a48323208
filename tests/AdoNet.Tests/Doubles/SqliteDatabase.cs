using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Weir.Ado.Tests.Doubles;

/// <summary>A database of SQLite in a file of its own. Each test makes a table of its own.</summary>
public sealed class SqliteDatabase : IDisposable
{
    private static int _tables;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-sqlite-");

    public SqliteDatabase()
    {
        Source = SqliteFactory.Instance.CreateDataSource(ConnectionString);
        using var command = Source.CreateCommand("PRAGMA journal_mode = WAL");
        command.ExecuteNonQuery();
    }

    public string ConnectionString => $"Data Source={Path.Combine(_directory.FullName, "test.db")};Pooling=False;Default Timeout=60";

    public System.Data.Common.DbDataSource Source { get; }

    /// <summary>Makes a table; its name.</summary>
    public async Task<string> TableAsync(string columns)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _tables)}");
        await ExecuteAsync($"CREATE TABLE {name} ({columns})");
        return name;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetFieldValue<T>(0));
        }

        return list;
    }

    public void Dispose()
    {
        Source.Dispose();
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
