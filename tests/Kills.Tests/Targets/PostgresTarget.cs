using Npgsql;

namespace Weir.Kills.Tests.Targets;

/// <summary>A table in PostgreSQL.</summary>
internal sealed class PostgresTarget(string connection, string table)
    : DatabaseTarget(NpgsqlDataSource.Create(connection), connection, table)
{
    protected override string Text => "text";

    public override async Task<IReadOnlyList<string>> StraysAsync(string job) =>
        await ListAsync($"SELECT gid FROM pg_prepared_xacts WHERE position('/{job}/' in gid) > 0", row => row.GetString(0));
}
