namespace Weir.PostgreSql.Transactions;

/// <summary>What a subtask wrote between two barriers: all that a later process needs to commit it.</summary>
/// <param name="Number">Tells transactions of one writer apart while they are open.</param>
/// <param name="Name">Its name in <c>pg_prepared_xacts</c>; null before it was prepared, and for good if nothing was written.</param>
/// <param name="Xid">
/// Its id, by which the server tells after the commit that there was one (<c>pg_xact_status</c>); 0 if it has no name.
/// </param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Server">Where it was prepared; null if it has no name.</param>
internal sealed record PostgresTransaction(long Number, string? Name, ulong Xid, long Rows, ServerIdentity? Server)
{
    /// <summary>A transaction that has just begun.</summary>
    public static PostgresTransaction Begun(long number) => new(number, null, 0, 0, null);

    /// <inheritdoc/>
    public override string ToString() => Name is null ? $"transaction {Number}" : $"transaction '{Name}'";
}

/// <summary>A cluster of databases, and one of them.</summary>
/// <param name="System">The cluster's own id; empty if the role may not ask for it.</param>
/// <param name="Database">The database.</param>
internal sealed record ServerIdentity(string System, string Database)
{
    /// <summary>Whether the two are surely not the same database.</summary>
    public bool IsOther(ServerIdentity other) => IsOtherCluster(other) || Database != other.Database;

    /// <summary>Whether the two are surely of two clusters.</summary>
    public bool IsOtherCluster(ServerIdentity other) => System.Length > 0 && other.System.Length > 0 && System != other.System;

    /// <inheritdoc/>
    public override string ToString() => $"database '{Database}'{(System.Length > 0 ? $" of the cluster {System}" : "")}";
}
