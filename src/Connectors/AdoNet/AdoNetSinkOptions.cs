using System.Data.Common;

namespace Weir;

/// <summary>How <c>AdoNet.Write</c> writes. Every member has a default.</summary>
public sealed record AdoNetSinkOptions
{
    /// <summary>
    /// Gets how many bytes of rows a subtask may hold between two checkpoints. They are part of the checkpoint, and are kept in memory
    /// until they are committed. A job that has more fails and says so. 64 MiB by default.
    /// </summary>
    public long MaxBytesPerCheckpoint { get; init; } = 64L << 20;

    /// <summary>Gets what parameters begin with in the database's SQL: <c>@</c> by default, <c>:</c> for Oracle.</summary>
    public string ParameterPrefix { get; init; } = "@";

    /// <summary>
    /// Gets how many rows one command inserts; null, the default, for as many as have 1,000 values together. 1 for a database that does not
    /// know <c>VALUES (…), (…)</c>.
    /// </summary>
    public int? RowsPerStatement { get; init; }

    /// <summary>
    /// Gets what says that a failure passes, so that the same is tried again: beside those that the provider marks
    /// (<see cref="DbException.IsTransient"/>) and those whose SQLSTATE says so. Null for no others.
    /// </summary>
    public Func<DbException, bool>? IsTransient { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytesPerCheckpoint);
        ArgumentException.ThrowIfNullOrEmpty(ParameterPrefix);
        if (RowsPerStatement is { } rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows, nameof(RowsPerStatement));
        }
    }
}
