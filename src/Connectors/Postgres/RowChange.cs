using NpgsqlTypes;
using Weir.PostgreSql.Changes;

namespace Weir;

/// <summary>A change of a row, as <c>Postgres.Changes</c> shows it to the function that makes a record of it.</summary>
/// <remarks>Valid for as long as it is held; nothing of it changes. Columns are found by their names, so that a column that is added or
/// moved changes nothing.</remarks>
public sealed class RowChange
{
    internal RowChange(
        RowChangeKind kind, RowShape shape, string?[]? before, string?[]? after, CommittedTransaction transaction, long index)
    {
        Kind = kind;
        Table = shape.Table;
        Before = before is null ? null : new ChangedRow(shape, before, null);
        After = after is null ? null : new ChangedRow(shape, after, before);
        Key = new ChangedRow(shape, shape.KeyOf(after ?? before!), null);
        CommitTime = transaction.CommitTime;
        CommitLsn = transaction.CommitLsn;
        Index = index;
    }

    /// <summary>Gets what happened.</summary>
    public RowChangeKind Kind { get; }

    /// <summary>Gets the table, with its schema: <c>public.orders</c>.</summary>
    public string Table { get; }

    /// <summary>
    /// Gets the row as it was; null for one that was put in. With <c>REPLICA IDENTITY FULL</c> it has all columns. Otherwise a deleted row
    /// has those of its key, a changed row has them if the key itself has changed, and else this is null.
    /// </summary>
    public ChangedRow? Before { get; }

    /// <summary>Gets the row as it is now; null for one that was taken out.</summary>
    public ChangedRow? After { get; }

    /// <summary>
    /// Gets the columns of the replica identity, which is the primary key unless the table says otherwise: as they are now, or, of a row
    /// that was taken out, as they were.
    /// </summary>
    public ChangedRow Key { get; }

    /// <summary>Gets when the transaction was committed, in UTC, by the server's clock. Not strictly in the order of commits.</summary>
    public DateTime CommitTime { get; }

    /// <summary>Gets where in the log the transaction was committed: the same for all of its changes, greater for each later one.</summary>
    public NpgsqlLogSequenceNumber CommitLsn { get; }

    /// <summary>
    /// Gets which message of its transaction it is, from 0: with <see cref="CommitLsn"/> it says uniquely which change this is.
    /// </summary>
    public long Index { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of {Table} with {Key}, committed at {CommitLsn}";
}
