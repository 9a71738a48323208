namespace Weir;

/// <summary>How <c>Postgres.Changes</c> follows a database. Every member has a default.</summary>
public sealed record PostgresChangesOptions
{
    /// <summary>
    /// Gets the tables whose changes are read, as SQL names them. All of the publication, an empty list, by default. Each must be in the
    /// publication when an attempt begins.
    /// </summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>
    /// Gets whether a slot that does not exist is made when the job starts without a checkpoint: changes are read from then on. False by
    /// default. A slot keeps the server's log until it is dropped, also when no job reads it.
    /// </summary>
    public bool CreatesSlot { get; init; }

    /// <summary>Gets how many changes are fetched ahead of the job. 4,096 by default. While so many wait, the server is not read.</summary>
    public int BufferedChanges { get; init; } = 4096;

    /// <summary>
    /// Gets for how long a slot that somebody else reads is waited for: a process that was killed may hold it for a while. 30 s by default.
    /// </summary>
    public TimeSpan SlotWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets whether a TRUNCATE is passed over. False by default: it fails the job, as no change of a row says it.</summary>
    public bool SkipsTruncate { get; init; }

    /// <summary>
    /// Gets whether reading ends when everything has been read that was committed when the attempt began. False by default: changes are
    /// read as they come, for as long as the job lives. The next start with the same checkpoints reads on there.
    /// </summary>
    public bool EndsWhenRead { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Tables);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BufferedChanges);
        ArgumentOutOfRangeException.ThrowIfLessThan(SlotWait, TimeSpan.Zero, nameof(SlotWait));
    }
}
