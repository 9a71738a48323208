namespace Weir;

/// <summary>How <c>MySql.Write</c> writes. Every member has a default.</summary>
public sealed record MySqlSinkOptions
{
    /// <summary>
    /// Gets after how long a warning tells of a prepared transaction that waits for its checkpoint. It holds locks. 10 minutes by default.
    /// </summary>
    public TimeSpan WarnAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Gets whether the job goes on, with a warning, if a transaction that its checkpoint counts on is gone without having been committed:
    /// somebody has rolled it back, or the server is not the one that prepared it. Its rows are missing from the table then. False by
    /// default: the job fails and says which transaction it is.
    /// </summary>
    public bool AcceptsLostTransactions { get; init; }

    internal void Check() => ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WarnAfter, TimeSpan.Zero, nameof(WarnAfter));
}
