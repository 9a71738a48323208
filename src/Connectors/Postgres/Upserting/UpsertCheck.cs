using Npgsql;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Upserting;

/// <summary>Finds before the first row what an upsert would be refused for. Pure.</summary>
internal static class UpsertCheck
{
    /// <summary>Why rows cannot be found by a key; null if they can.</summary>
    public static string? Key(TableFacts table, IReadOnlyCollection<string> keys, string address)
    {
        if (table.UniqueKeys.Any(unique => unique.Count == keys.Count && unique.All(keys.Contains)))
        {
            return null;
        }

        var list = string.Join(", ", keys.Select(CatalogReader.Quote));
        var others = table.UniqueKeys.Count == 0
            ? "It has none."
            : $"It has {string.Join(" and ", table.UniqueKeys.Select(static unique => $"({string.Join(", ", unique)})"))}.";
        return $"{table.Name} at {address} has no unique constraint on ({string.Join(", ", keys)}), by which an upsert would find rows. "
            + $"{others} Name the columns of one by .Key(…), or make one: CREATE UNIQUE INDEX ON {table.Name} ({list}).";
    }

    /// <summary>What to do about a refusal before the first row.</summary>
    public static string Advice(PostgresException refused, bool mayDelete) => refused.SqlState == Failures.InsufficientPrivilege
        ? $" The role needs SELECT, INSERT{(mayDelete ? ", UPDATE and DELETE" : " and UPDATE")} on the table, and TEMPORARY on the "
            + "database."
        : "";
}
