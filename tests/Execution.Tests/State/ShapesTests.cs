using System.Collections;
using System.Diagnostics;
using System.Net;
using System.Numerics;
using System.Text;
using Weir.Wire;
using static Weir.Execution.Tests.State.Shapes;

namespace Weir.Execution.Tests.State;

/// <summary>
/// The laws of codecs over types of many shapes: what is written comes back, its bytes are stable, and bytes that nobody wrote are invalid
/// data, never a crash, a hang or a huge allocation.
/// </summary>
public sealed class ShapesTests
{
    private const int Rounds = 2_000;

    public static TheoryData<string> Names => [.. Samples.Keys];

    private static Dictionary<string, Action<Random>> Samples { get; } = new()
    {
        ["hierarchy"] = random => Laws<Expression>(random,
            new Expression.Number(1.5),
            new Expression.Nothing(),
            new Expression.Binary.Sum(new Expression.Number(double.NaN), new Expression.Binary.Product(new Expression.Nothing(), null!)
            {
                Note = "n",
            })),
        ["chain"] = random => Laws(random, new Chain(1, new Chain(2, null)), ChainOf(40)),
        ["mutual"] = random => Laws(random, new Pong { Pings = [new("a") { Answer = new Pong() }, new("b")] }),
        ["leaf"] = random => Laws(random, new Leaf { Must = "m", Field = 3, Level = 4, Name = "n" }),
        ["fixed"] = random => Laws(random, new Fixed("x", 4)),
        ["trimmed"] = random => Laws(random, new Trimmed("x")),
        ["priced"] = random => Laws(random, new Priced(new Money(5), "ABC", "abc")),
        ["framework"] = random => Laws(random, new Framework(), Everything()),
        ["collections"] = random => Laws(random, new Collections(), AllCollections()),
        ["holder"] = random => Laws(random,
            new Holder(null, new Outcome<int>.Bad("b"), null, null, default, new()),
            new Holder(
                new Expression.Nothing(), new Outcome<int>.Good(1), new Outcome<string>.Good(null!), new Car { Plate = "p", Wheels = 4 },
                new("a", new(1, Tiny.Yes)), new())),
        ["bicycle"] = random => Laws(random, new Holder(null, new Outcome<int>.Good(0), new Outcome<string>.Bad(""), new Bicycle
        {
            Wheels = 2,
        }, new("", new(0, null)), new())),
    };

    [Theory, MemberData(nameof(Names))]
    public void What_is_written_comes_back_and_what_was_not_written_is_invalid(string name)
    {
        Samples[name](new Random(1));
        var fresh = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {fresh}");
        Samples[name](new Random(fresh));
    }

    [Fact]
    public void A_type_of_the_hierarchy_is_told_by_its_name()
    {
        var bytes = Codecs.Of<Expression>().Encode(new Expression.Nothing());
        Assert.Equal("92" + "A7" + Convert.ToHexString("Nothing"u8) + "90", Convert.ToHexString(bytes.Span));
        Assert.IsType<Expression.Nothing>(Codecs.Of<Expression>().Decode(bytes));
        Assert.StartsWith(
            "Weir.Execution.Tests.State.Shapes.Expression{Nothing:", Codecs.Of<Expression>().Schema.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_the_constructor_changes_is_set_behind_it() =>
        Assert.Equal("x!", Codecs.Of<Trimmed>().Decode(Codecs.Of<Trimmed>().Encode(new Trimmed("x"))).Text);

    [Fact]
    public void A_chain_that_is_too_long_is_refused_wherever_it_is_asked_of_and_not_read_either()
    {
        var codec = Codecs.Of<Chain>();
        var longest = ChainOf(WireDepth.Limit);
        var bytes = codec.Encode(longest);
        Assert.Equal(bytes.Length, codec.Encode(codec.Decode(bytes)).Length);

        foreach (var use in new Action[]
        {
            () => codec.Encode(new Chain(0, longest)), () => codec.SizeOf(new Chain(0, longest)), () => codec.StableHash(new Chain(0, longest)),
        })
        {
            var refused = Assert.ThrowsAny<NotSupportedException>(use);
            Assert.IsAssignableFrom<IPermanentFailure>(refused);
            Assert.Contains("contains others of its kind more than 500 deep", refused.Message, StringComparison.Ordinal);
        }

        // The failure has left nothing behind; and bytes that are deeper still end no process.
        Assert.Equal(bytes.Length, codec.Encode(longest).Length);
        Assert.Throws<InvalidDataException>(() => codec.Decode((byte[])[.. Enumerable.Repeat((byte[])[0x92, 0x00], 1_000_000).SelectMany(b => b)]));
        Assert.Throws<InvalidDataException>(() => Codecs.Of<Expression>().Decode(
            (byte[])[.. Enumerable.Repeat((byte[])[0x92, 0xA3, (byte)'S', (byte)'u', (byte)'m', 0x92], 200_000).SelectMany(b => b)]));
    }

    [Fact]
    public void Equal_values_hash_alike()
    {
        Assert.Equal(Hash(new Complex(0.0, 1)), Hash(new Complex(-0.0, 1)));
        Assert.Equal(Hash(Half.NegativeZero), Hash(Half.Zero));
        Assert.Equal(Hash(new Uri("HTTP://Example.org/a")), Hash(new Uri("http://example.org/a")));
        Assert.Equal(Hash<Expression>(new Expression.Number(0.0)), Hash<Expression>(new Expression.Number(-0.0)));

        static uint Hash<T>(T value) => Codecs.Of<T>().StableHash(value);
    }

    [Fact]
    public void A_collection_of_a_derived_class_is_refused()
    {
        var refused = Assert.ThrowsAny<InvalidOperationException>(() => Codecs.Of<Collections>().Encode(
            new Collections { Collection = new System.Collections.ObjectModel.ObservableCollection<int>() }));
        Assert.Contains("ObservableCollection", refused.Message, StringComparison.Ordinal);
    }

    private static Chain ChainOf(int length) =>
        Enumerable.Range(0, length).Aggregate((Chain?)null, (next, value) => new Chain(value, next))!;

    private static Framework Everything() => new()
    {
        Half = (Half)1.5,
        Rune = new Rune(0x1F600),
        Index = ^3,
        Range = 1..^2,
        Version = new Version(1, 2, 3),
        Uri = new Uri("../up?x=1#y", UriKind.Relative),
        Complex = new Complex(-0.0, double.NaN),
        Bits = new BitArray([true, false, true]),
        Address = IPAddress.Parse("fe80::1%3"),
        Wide = Int128.MinValue,
        Entry = new("k", 1),
        Tuple = Tuple.Create(1, "t"),
        One = new(7),
        Nine = (1, 2, 3, 4, 5, 6, 7, "8", 9),
        Vector = new(1, 2, 3),
        Window = new TimeWindow(5, 10),
        Tiny = Tiny.Yes,
        Large = Large.High | Large.Low,
        Deep = Deep.Least,
    };

    private static Collections AllCollections() => new()
    {
        Queue = new([1, 2, 3]),
        Stack = new([1, 2, 3]),
        Linked = new(["a", "b"]),
        SortedList = new() { ["b"] = 1, ["a"] = 2 },
        SortedDictionary = new() { [2] = 1, [-1] = 2 },
        SortedSet = [3, -1],
        Collection = [1, 2],
        Observable = [1, 2],
        ReadOnly = new([1, 2]),
        ConcurrentQueue = new([1, 2]),
        ConcurrentStack = new([1, 2]),
        ConcurrentDictionary = new([new(1, "a")]),
        ImmutableQueue = [1, 2],
        ImmutableStack = [1, 2],
        ImmutableSortedSet = [2, -1],
        ImmutableSortedDictionary = System.Collections.Immutable.ImmutableSortedDictionary<int, int>.Empty.Add(1, 2),
        FrozenSet = System.Collections.Frozen.FrozenSet.ToFrozenSet([1, 2]),
        FrozenDictionary = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([new KeyValuePair<int, string>(1, "a")]),
        Grid = new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
        Cube = new int[2, 0, 3],
        Grids = [new[,] { { 1 } }, null!],
        Lists = new[,] { { new[] { "a" }, null! } },
        Nullables = [1, null],
        Nested = new() { [Tiny.Yes] = [new(1, "a")] },
        Tuples = [(1, "a")],
    };

    private static void Laws<T>(Random random, params T[] values)
    {
        var codec = Codecs.Of<T>();
        Assert.Equal(codec.Schema, codec.Schema);
        foreach (var value in values)
        {
            var bytes = codec.Encode(value).ToArray();
            var back = codec.Decode(bytes);
            Assert.Equal(bytes, codec.Encode(back).ToArray());
            Assert.Equal(codec.StableHash(value), codec.StableHash(back));
            Assert.Equal(codec.SizeOf(value), codec.SizeOf(back));
            Assert.Equivalent(value, back, strict: true);
            Damage(codec, bytes, random);
        }
    }

    private static void Damage<T>(Codec<T> codec, byte[] bytes, Random random)
    {
        for (var length = 0; length < Math.Min(bytes.Length, 300); length++)
        {
            Assert.Throws<InvalidDataException>(() => codec.Decode(bytes.AsMemory(0, length)));
        }

        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds && clock.Elapsed < TimeSpan.FromSeconds(10); round++)
        {
            var damaged = round % 4 == 0 ? new byte[random.Next(1, 200)] : bytes.ToArray();
            if (round % 4 == 0)
            {
                random.NextBytes(damaged);
            }

            for (var i = 0; i <= round % 4; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var error = Record.Exception(() => codec.Decode(damaged));
            Assert.True(error is null or InvalidDataException, $"{Convert.ToHexString(damaged)}: {error}");
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"it took {clock.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (200_000L + (100L * bytes.Length)) * Rounds);
    }
}
