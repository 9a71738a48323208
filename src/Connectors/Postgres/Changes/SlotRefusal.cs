using NpgsqlTypes;

namespace Weir.PostgreSql.Changes;

/// <summary>Decides by what a server says whether a slot can be followed. The texts say what to do; null is none.</summary>
internal static class SlotRefusal
{
    private const string Anew =
        "If there is none, tables have to be read anew: give the source another id, make a slot again, and load what was there before.";

    /// <summary>Why a server has no changes; goes on behind its name.</summary>
    public static string? Of(ReplicationFacts facts) => facts.WalLevel == "logical"
        ? null
        : $"writes its log with wal_level = {facts.WalLevel}, which has no changes of rows. Say ALTER SYSTEM SET wal_level = 'logical' and "
            + "restart the server.";

    /// <summary>Why a slot that a checkpoint has read from cannot be: it is not there any more.</summary>
    public static string OfMissing(string name, NpgsqlLogSequenceNumber from) =>
        $"The replication slot {name} is gone, and with it the changes since {from}, up to where the checkpoint has read. {Anew}";

    /// <summary>Why a slot cannot be followed.</summary>
    /// <param name="name">The slot, with its server.</param>
    /// <param name="slot">What the server says of it.</param>
    /// <param name="database">The database whose changes are needed.</param>
    /// <param name="from">From where they are needed; null for wherever it stands.</param>
    public static string? Of(string name, SlotFacts slot, string? database, NpgsqlLogSequenceNumber? from) => slot switch
    {
        _ when slot.Plugin != "pgoutput" || slot.Database != database =>
            $"The replication slot {name} is "
                + (slot.Plugin is null ? "a physical one" : $"one of database '{slot.Database}' for {slot.Plugin}")
                + $", and a logical one of database '{database}' for pgoutput is needed. Name another slot.",
        { IsLost: true } or { Confirmed: null } =>
            $"The replication slot {name} needs log that the server has thrown away: nobody read it for long, and "
                + $"max_slot_wal_keep_size or a time-out ended it. Changes are lost. {Anew}",
        { Confirmed: { } confirmed } when confirmed > from =>
            $"The replication slot {name} has been confirmed up to {confirmed}, and the checkpoint has read up to {from}: the changes "
                + "between are gone. The checkpoint is older than the newest one of this job, or somebody else has read the slot. Start "
                + $"from the newest checkpoint. {Anew}",
        _ => null,
    };
}
