using Microsoft.Data.Sqlite;

namespace Weir.Kills.Tests.Targets;

/// <summary>A table in a file of SQLite, which prepares nothing.</summary>
internal sealed class SqliteTarget(string connection, string table)
    : DatabaseTarget(SqliteFactory.Instance.CreateDataSource(connection), connection, table)
{
    protected override string Text => "text";

    public override Task<IReadOnlyList<string>> StraysAsync(string job) => Task.FromResult<IReadOnlyList<string>>([]);
}
