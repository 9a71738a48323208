using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;

namespace Weir.MySqlServers.Upserting;

/// <summary>Finds before the first row what an upsert would be refused for, or would do to other rows. Pure.</summary>
internal static class UpsertCheck
{
    /// <summary>Why rows cannot be found by a key; null if they can.</summary>
    public static string? Key(
        TableFacts table, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> columns, string address)
    {
        bool IsKey(string name) => keys.Any(key => TableCheck.Same(key, name));
        if (!table.UniqueKeys.Any(unique => unique.Count == keys.Count && unique.All(IsKey)))
        {
            var list = string.Join(", ", keys.Select(Commands.Quote));
            var others = table.UniqueKeys.Count == 0
                ? "It has none."
                : $"It has {string.Join(" and ", table.UniqueKeys.Select(static unique => $"({string.Join(", ", unique)})"))}.";
            return $"{table.Name} at {address} has no unique index on ({string.Join(", ", keys)}), by which an upsert would find rows. "
                + $"{others} Name the columns of one by .Key(…), or make one: ALTER TABLE {table.Name} ADD UNIQUE ({list}).";
        }

        // The server looks at all unique indexes, and overwrites the row that any of them finds.
        return table.UniqueKeys.FirstOrDefault(unique => !keys.All(key => unique.Any(name => TableCheck.Same(name, key)))
                && unique.All(name => columns.Any(column => TableCheck.Same(column, name)))) is { } other
            ? $"{table.Name} at {address} has another unique index, on ({string.Join(", ", other)}), whose columns are all written: a "
                + "row that "
                + "is the same there would be overwritten, whatever its key. Make it an index that is not unique, or write other columns."
            : null;
    }
}
