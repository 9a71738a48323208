using Weir.Runtime.State;
using static Weir.Execution.Tests.State.Versions;

namespace Weir.Execution.Tests.State;

/// <summary>What one version of a job has stored, the next reads by the names of its members.</summary>
public sealed class EvolutionTests
{
    private static readonly Then.Customer Ann = new("Ann", "ann@x");

    [Fact]
    public void H29_members_are_found_by_name_wherever_they_stand_now()
    {
        var order = Evolve<Then.Order, Now.Order>(new(7, "old", "note", Ann, [Ann, null!], Then.Tier.Silver, 0.5f)
        {
            Gone = "gone",
            Counts = new() { [Then.Tier.Gold] = 3 },
        });

        Assert.Equal((7m, "note", "old"), (order.Id, order.Note, order.New));
        Assert.Equal(("Ann", "ann@x", -5), (order.Customer.Name, order.Customer.Mail, order.Customer.Stars));
        Assert.Null(order.Others[1]);
        Assert.Equal("ann@x", order.Others[0].Mail);
        Assert.Equal((Now.Tier.Argent, 0.5), (order.Tier, order.Share));
        Assert.Equal(3L, order.Counts[Now.Tier.Gold]);
        Assert.Equal(("EU", 1.50m, Now.Tier.Gold), (order.Country, order.Rate, order.Level));
        Assert.Empty(order.Added);
    }

    [Fact]
    public void Types_of_a_hierarchy_are_found_by_name_and_may_have_changed_themselves()
    {
        var box = Assert.IsType<Now.Shape.Box>(Evolve<Then.Shape, Now.Shape>(new Then.Shape.Box(2, new Then.Shape.Circle(5))));
        Assert.Equal(new Now.Shape.Disc(5, 3), box.Inner);
        Assert.Null(Evolve<Then.Shape, Now.Shape>(null!));
    }

    [Fact]
    public void A_type_that_contains_itself_is_resolved_at_every_depth()
    {
        var node = Evolve<Then.Node, Now.Node>(new(1, [new(2, [new(3, [])]), null!]));
        Assert.Equal((1, "none", 3), (node.Value, node.Name, node.Children[0].Children[0].Value));
        Assert.Null(node.Children[1]);
    }

    [Fact]
    public void An_accumulator_of_the_users_own_is_resolved_too() =>
        Assert.Equal(5m, Evolve<Then.Sum, Now.Sum>(new Then.Sum { Total = 5 }).Total);

    [Fact]
    public void Type_arguments_are_resolved_where_the_members_have_them()
    {
        var boxes = Evolve<Then.Boxes, Now.Boxes>(
            new(new(1, 2), [new(3, 4), null!], new() { ["a"] = new(new(5, 6), 7) }));
        Assert.Equal((1L, 2L), (boxes.One.Value, boxes.One.Count));
        Assert.Equal((3, 4L), (boxes.Many[0].Value, boxes.Many[0].Count));
        Assert.Null(boxes.Many[1]);
        Assert.Equal((5m, 6L, 7L), (boxes.Deep["a"].Value.Value, boxes.Deep["a"].Value.Count, boxes.Deep["a"].Count));
        Refused<Then.Boxes, Now.TextBoxes>("'state.One.Value' was int and is string now");
    }

    [Fact]
    public void A_null_where_a_struct_stands_now_says_so() => Assert.Contains(
        "it was a class when it was stored",
        Assert.Throws<InvalidDataException>(() => Codecs.Of<Then.Sum>().Decode(new byte[] { 0xC0 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void H27_a_key_may_change_what_its_hash_is_not_made_of()
    {
        var key = new Then.Key("a", 65535, Then.Tier.Gold);
        var now = Evolve<Then.Key, Now.Key>(key, "key");
        Assert.Equal(new Now.Key("a", 65535, Now.KeyTier.Gold), now);
        Assert.Equal(Codecs.Of<Then.Key>().StableHash(key), Codecs.Of<Now.Key>().StableHash(now));
    }

    [Fact]
    public void H27_a_key_that_would_lie_elsewhere_is_refused_by_the_name_of_its_member()
    {
        Refused<Then.Key, Now.ShortKey>("'key.Tier' is not there now", "key");
        Refused<Then.Key, Now.RenumberedKey>("'key.Tier (Weir.Execution.Tests.State.Versions.Now.Tier)' was int and is long now", "key");
        Refused<int, long>("'key' was int and is long now, which in a key gives its state to others", "key");
        Assert.Equal(5u, Evolve<byte, uint>(5, "key"));
    }

    [Fact]
    public void What_cannot_be_read_by_name_is_refused_naming_the_member()
    {
        Refused<long, int>("'state' was long and is int now");
        Refused<long, double>("'state' was long and is double now");
        Refused<Then.Order, Then.Customer>("'state' was Weir.Execution.Tests.State.Versions.Then.Order{");
        Refused<(string, long), (int, int, long)>("'state' was a tuple of 2 items and has 3 now");
        Refused<Now.Tier, Now.KeyTier>("'state' was stored with the name 'Wood' of the enum", "state", isRenamed: true);
    }

    [Fact]
    public void The_same_form_is_read_by_the_codec_itself() => Assert.Same(
        Codecs.Of<Then.Order>(),
        new StoredForms([new("state", Codecs.Of<Then.Order>().Schema)]).Reading("state", Codecs.Of<Then.Order>()));

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Damage_is_invalid_data_also_where_the_form_has_changed(int seed)
    {
        var random = new Random(seed);
        var bytes = Codecs.Of<Then.Order>().Encode(
            new(7, "old", "note", Ann, [Ann, null!], Then.Tier.Silver, 0.5f) { Counts = new() { [Then.Tier.Gold] = 3 } }).ToArray();
        var reading = new StoredForms([new("state", Codecs.Of<Then.Order>().Schema)]).Reading("state", Codecs.Of<Now.Order>());
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => reading.Decode(bytes.AsMemory(0, length)));
        }

        for (var round = 0; round < 3_000; round++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => reading.Decode(damaged));
            Assert.True(error is null or InvalidDataException or IPermanentFailure, $"{Convert.ToHexString(damaged)}: {error}");
        }
    }

    private static TNow Evolve<TThen, TNow>(TThen value, string name = "state") =>
        new StoredForms([new(name, Codecs.Of<TThen>().Schema)]).Reading(name, Codecs.Of<TNow>()).Decode(Codecs.Of<TThen>().Encode(value));

    private static void Refused<TThen, TNow>(string text, string name = "state", bool isRenamed = false)
    {
        var then = Codecs.Of<TThen>().Schema;
        then = isRenamed ? then with { Name = Codecs.Of<TNow>().Schema.Name } : then;
        var refused = Assert.Throws<InvalidDataException>(
            () => new StoredForms([new(name, then)]).Reading(name, Codecs.Of<TNow>()));
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
