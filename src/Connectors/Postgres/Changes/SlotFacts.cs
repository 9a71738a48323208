using NpgsqlTypes;

namespace Weir.PostgreSql.Changes;

/// <summary>What the server says of itself.</summary>
/// <param name="WalLevel">How much the log holds.</param>
/// <param name="Database">The database that this connection is for.</param>
/// <param name="SenderTimeout">After how long without a sign of life the server ends a replication; zero for never.</param>
/// <param name="Flushed">The end of the log.</param>
internal sealed record ReplicationFacts(string WalLevel, string Database, TimeSpan SenderTimeout, NpgsqlLogSequenceNumber Flushed)
{
    /// <summary>
    /// Gets how often the server hears what is confirmed: each second; sooner if it ends those who are silent for less than four times as
    /// long.
    /// </summary>
    public TimeSpan StatusInterval => SenderTimeout > TimeSpan.Zero && SenderTimeout < TimeSpan.FromSeconds(4)
        ? SenderTimeout / 4 : TimeSpan.FromSeconds(1);
}

/// <summary>What the server says of a slot.</summary>
/// <param name="Plugin">What decodes the log for it; null for a physical slot.</param>
/// <param name="Database">The database that it belongs to.</param>
/// <param name="ActivePid">The process that reads it; null if nobody does.</param>
/// <param name="Confirmed">What stands in front of this cannot be had any more.</param>
/// <param name="IsLost">Whether the server has thrown away log that the slot needs.</param>
internal sealed record SlotFacts(string? Plugin, string? Database, int? ActivePid, NpgsqlLogSequenceNumber? Confirmed, bool IsLost);

/// <summary>What the server says of a publication.</summary>
/// <param name="Kinds">What it publishes: <c>insert</c>, <c>update</c>, <c>delete</c>, <c>truncate</c>.</param>
/// <param name="Tables">The tables in it, with their schemas.</param>
internal sealed record PublicationFacts(IReadOnlyList<string> Kinds, IReadOnlyList<string> Tables);
