namespace Weir;

/// <summary>How <c>Postgres.Read</c> reads. Every member has a default.</summary>
public sealed record PostgresReadOptions
{
    /// <summary>Gets the columns to read, as SQL writes them: <c>"id, customer, amount"</c>. All of them, <c>*</c>, by default.</summary>
    public string Columns { get; init; } = "*";

    /// <summary>Gets a condition that rows must meet, as SQL writes it: <c>"amount &gt; 0"</c>; null, the default, for all rows.</summary>
    public string? Where { get; init; }

    /// <summary>Gets the cursor behind which reading begins when no checkpoint says otherwise. Everything by default.</summary>
    public long After { get; init; } = long.MinValue;

    /// <summary>Gets how many rows are asked for at a time. 4,096 by default.</summary>
    public int PageRows { get; init; } = 4096;

    /// <summary>Gets after how long the table is looked at again when there was nothing new. 1 s by default.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets whether reading ends when everything has been read that was there when the attempt began. False by default: new rows are read
    /// as they come, for as long as the job lives.
    /// </summary>
    public bool EndsWhenRead { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PageRows);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PollInterval, TimeSpan.Zero, nameof(PollInterval));
    }
}
