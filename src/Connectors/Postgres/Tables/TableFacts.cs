namespace Weir.PostgreSql.Tables;

/// <summary>What the catalog says of a table.</summary>
/// <param name="Name">Its name with its schema, quoted as SQL needs it.</param>
/// <param name="Kind">What it is: <c>r</c> a table, <c>p</c> a partitioned one, <c>v</c> a view, <c>f</c> a foreign table.</param>
/// <param name="Persistence"><c>p</c> for permanent, <c>u</c> for unlogged, <c>t</c> for temporary.</param>
/// <param name="HasRowSecurity">Whether policies apply to this role.</param>
/// <param name="MayInsert">Whether the role may insert into all of it.</param>
/// <param name="Columns">The columns in order.</param>
/// <param name="UniqueKeys">The columns of each unique constraint or index that takes in all rows.</param>
internal sealed record TableFacts(
    string Name,
    char Kind,
    char Persistence,
    bool HasRowSecurity,
    bool MayInsert,
    IReadOnlyList<ColumnFacts> Columns,
    IReadOnlyList<IReadOnlyList<string>> UniqueKeys);

/// <summary>What the catalog says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as people write it: <c>timestamp with time zone</c>. Of a domain, what it is made of.</param>
/// <param name="InternalType">The type's own name: <c>timestamptz</c>; of an array with an underscore before it.</param>
/// <param name="IsEnum">Whether the type is an enum.</param>
/// <param name="IsRequired">Whether it must be written: it is not null and has no default.</param>
/// <param name="IsGenerated">Whether the server makes its values and takes none.</param>
/// <param name="MayInsert">Whether the role may write it.</param>
internal sealed record ColumnFacts(
    string Name, string Type, string InternalType, bool IsEnum, bool IsRequired, bool IsGenerated, bool MayInsert);
