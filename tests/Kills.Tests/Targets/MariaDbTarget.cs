using MySqlConnector;

namespace Weir.Kills.Tests.Targets;

/// <summary>A table in MariaDB.</summary>
internal sealed class MariaDbTarget(string connection, string table)
    : DatabaseTarget(new MySqlDataSource(connection), connection, table)
{
    protected override string Text => "varchar(100)";

    public override async Task<IReadOnlyList<string>> StraysAsync(string job) =>
        [.. (await ListAsync("XA RECOVER", row => row.GetString(3))).Where(data => data.Contains($"/{job}/", StringComparison.Ordinal))];
}
