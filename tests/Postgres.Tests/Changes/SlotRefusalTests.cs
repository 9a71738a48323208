using NpgsqlTypes;
using Weir.PostgreSql.Changes;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>Which slots cannot be followed, by what a server says of them.</summary>
public sealed class SlotRefusalTests
{
    private static readonly SlotFacts Slot = new("pgoutput", "shop", null, new NpgsqlLogSequenceNumber(100), IsLost: false);

    [Fact]
    public void A_server_whose_log_has_no_changes_is_refused()
    {
        Assert.Null(SlotRefusal.Of(Server("logical")));
        Assert.Contains("wal_level = replica", SlotRefusal.Of(Server("replica")), StringComparison.Ordinal);
        Assert.Contains("ALTER SYSTEM SET wal_level = 'logical'", SlotRefusal.Of(Server("minimal")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(100)]
    [InlineData(null)]
    public void A_slot_that_has_not_been_confirmed_behind_the_checkpoint_is_followed(int? from) => Assert.Null(Refusal(Slot, from));

    [Fact]
    public void A_slot_that_has_been_confirmed_behind_the_checkpoint_is_refused() => Assert.Contains(
        "has been confirmed up to 0/64, and the checkpoint has read up to 0/63: the changes between are gone", Refusal(Slot, 99),
        StringComparison.Ordinal);

    [Fact]
    public void A_slot_whose_log_was_thrown_away_is_refused_wherever_it_stands()
    {
        Assert.Contains("thrown away", Refusal(Slot with { IsLost = true }, 100), StringComparison.Ordinal);
        Assert.Contains("thrown away", Refusal(Slot with { Confirmed = null }, null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slot_of_another_kind_or_database_is_refused()
    {
        Assert.Contains("is a physical one", Refusal(new SlotFacts(null, null, null, null, false), 100), StringComparison.Ordinal);
        Assert.Contains("database 'shop' for wal2json", Refusal(Slot with { Plugin = "wal2json" }, 100), StringComparison.Ordinal);
        Assert.Contains("database 'other' for pgoutput", Refusal(Slot with { Database = "other" }, 100), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(60_000, 1000)]
    [InlineData(4000, 1000)]
    [InlineData(400, 100)]
    public void The_server_hears_of_a_reader_four_times_before_it_gives_him_up(int timeout, int interval) => Assert.Equal(
        TimeSpan.FromMilliseconds(interval),
        (Server("logical") with { SenderTimeout = TimeSpan.FromMilliseconds(timeout) }).StatusInterval);

    private static ReplicationFacts Server(string walLevel) => new(walLevel, "shop", TimeSpan.Zero, default);

    private static string? Refusal(SlotFacts slot, int? from) => SlotRefusal.Of(
        "'s' at here", slot, "shop", from is { } place ? new NpgsqlLogSequenceNumber((ulong)place) : null);
}
