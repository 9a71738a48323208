namespace Weir.MySqlServers.Tables;

/// <summary>What a sink needs to know of the server.</summary>
/// <param name="Identity">Which it is, by its own id; empty if it has none.</param>
/// <param name="VersionText">Its version as it says it: <c>10.11.6-MariaDB</c>.</param>
/// <param name="MaxPacketBytes">The largest command that it takes.</param>
/// <param name="IsGalera">Whether it is a node of a Galera cluster, where transactions cannot be prepared.</param>
/// <param name="LogsStatements">Whether it logs statements as they are, so that READ COMMITTED is refused.</param>
/// <param name="IdleLimit">After how long without a command it ends a session, or one with a transaction open in it.</param>
/// <param name="IdleSetting">Which of its settings says so.</param>
internal sealed record ServerFacts(
    string Identity, string VersionText, long MaxPacketBytes, bool IsGalera, bool LogsStatements, TimeSpan? IdleLimit, string IdleSetting)
{
    /// <summary>Gets whether it is MariaDB.</summary>
    public bool IsMariaDb => VersionText.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the version as a number; 0.0 if it says none.</summary>
    public Version Version
    {
        get
        {
            var digits = new string([.. VersionText.TakeWhile(static one => char.IsAsciiDigit(one) || one == '.')]);
            return Version.TryParse(digits, out var version) ? version : new Version(0, 0);
        }
    }
}

/// <summary>What the catalog says of a table.</summary>
/// <param name="Name">Its name with its database, quoted as SQL needs it.</param>
/// <param name="Type">What it is: <c>BASE TABLE</c>, <c>VIEW</c>.</param>
/// <param name="Engine">The engine that stores it; null for a view.</param>
/// <param name="HasXa">Whether that engine takes part in XA transactions.</param>
/// <param name="Columns">The columns in order.</param>
/// <param name="UniqueKeys">The columns of each unique index.</param>
internal sealed record TableFacts(
    string Name,
    string Type,
    string? Engine,
    bool HasXa,
    IReadOnlyList<ColumnFacts> Columns,
    IReadOnlyList<IReadOnlyList<string>> UniqueKeys);

/// <summary>What the catalog says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as people write it: <c>decimal(12,2)</c>.</param>
/// <param name="BareType">The type alone: <c>decimal</c>.</param>
/// <param name="IsRequired">Whether it must be written: it is not null, and has no default and counts not by itself.</param>
/// <param name="IsGenerated">Whether the server makes its values and takes none.</param>
internal sealed record ColumnFacts(string Name, string Type, string BareType, bool IsRequired, bool IsGenerated)
{
    /// <summary>Gets a value indicating whether texts go there.</summary>
    public bool IsText => BareType is "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" or "enum" or "set";
}
