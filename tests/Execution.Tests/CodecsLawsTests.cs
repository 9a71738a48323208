using System.Buffers;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Weir.Wire;


namespace Weir.Execution.Tests;

/// <summary>
/// The laws that every codec keeps, on values made by FsCheck; the codecs of the sample types are generated into this assembly.
/// </summary>
public sealed class CodecsLawsTests
{
    [Fact]
    public void Whole_numbers()
    {
        Laws<sbyte>();
        Laws<byte>();
        Laws<short>();
        Laws<ushort>();
        Laws<int>();
        Laws<uint>();
        Laws<long>();
        Laws<ulong>();
        Laws<char>();
        Laws<bool>();
        Laws<BigInteger>();
        Laws(Gen.Constant(Int128.MinValue).Or(Gen.Constant(Int128.MaxValue))
            .Or(Of<long>().Select(number => (Int128)number * number * number)));
        Laws(Gen.Constant(UInt128.MaxValue).Or(Of<ulong>().Select(number => (UInt128)number * number)));
    }

    [Fact]
    public void Real_numbers()
    {
        Laws<double>();
        Laws<float>();
        Laws<decimal>();
        Laws(Gen.Elements(0.0m, 0.00m, -1.50m, 1.5m, decimal.MaxValue, decimal.MinValue, 1e-28m));
    }

    [Fact]
    public void Times()
    {
        Laws<DateTime>();
        Laws<DateTimeOffset>();
        Laws<TimeSpan>();
        Laws<DateOnly>();
        Laws<TimeOnly>();
        Laws(Of<DateTime>().Select(time => DateTime.SpecifyKind(time, DateTimeKind.Local)));
    }

    [Fact]
    public void Texts_bytes_and_guids()
    {
        Laws<string>();

        // Texts that were cut in the middle of a character come back as they were, and stay apart from each other.
        Laws(Gen.Elements("\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83D\uDE00\uD83D", "\uFFFD", "\uFFFD\uD83D\uFFFD", "é\uD83D€"));
        Laws(Gen.Constant(new CodecsSample.Place("p\uD83D", (1, CodecsSample.Color.Red))), Same);
        Laws<Guid>();
        Laws<byte[]>((left, right) => left is null ? right is null : left.SequenceEqual(right));
        Laws<(string, long)>(Of<NonNull<string>>().Select(text => (text.Get, 7L)));
        Laws<(int, int, long)>();
    }

    [Fact]
    public void Generated_records_structs_and_tuples()
    {
        Laws(Orders(), Same);
        Laws(Of<int>().Select(number => new CodecsSample.Reading(number, number * 0.5, number % 2 == 0 ? null : (short)number)));
        Laws(Of<int>().Select(number =>
            new CodecsSample.Place($"p{number}", (number, number % 3 == 0 ? CodecsSample.Color.Red : CodecsSample.Color.Blue))), Same);
        Laws(Of<int>().Select(number => (CodecsSample.Color)(number % 5)));
    }

    [Fact]
    public void Generated_collections() => Laws(
        Of<int[]>().Select(numbers => new CodecsSample.Basket
        {
            Number = numbers.Length,
            Numbers = [.. numbers],
            Names = numbers.Distinct().ToDictionary(number => $"n{number}", number => (double?)number),
            Seen = [.. numbers],
            Days = [.. numbers.Select(number => DateOnly.FromDayNumber(number & 0xffff))],
            Nested = numbers.Length == 0 ? null : [[1, 2], [], numbers],
        }),
        (left, right) => left.Number == right.Number
            && left.Numbers.SequenceEqual(right.Numbers)
            && left.Names.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .SequenceEqual(right.Names.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            && left.Seen.SetEquals(right.Seen)
            && left.Days.SequenceEqual(right.Days)
            && (left.Nested is null ? right.Nested is null
                : left.Nested.Zip(right.Nested!).All(pair => pair.First.SequenceEqual(pair.Second))));

    [Fact]
    public void A_comparer_that_would_be_lost_is_refused()
    {
        var sets = new SetCodec<IReadOnlySet<string>, string>(static items => new HashSet<string>(items));
        Refuse(sets, new HashSet<string>(["a"], StringComparer.OrdinalIgnoreCase), "A HashSet<String> with the comparer");
        Refuse(
            sets, new SortedSet<string>(["a"], StringComparer.OrdinalIgnoreCase), "A SortedSet<String> enters state behind an interface");
        Assert.Equal(
            sets.Encode(new HashSet<string>(["a"])).ToArray(), sets.Encode(new HashSet<string>(["a"], StringComparer.Ordinal)).ToArray());
        Refuse(
            Codecs.Of<CodecsSample.Basket>(),
            new CodecsSample.Basket { Names = new(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 } },
            "A Dictionary<String, Nullable<Double>> with the comparer");

        static void Refuse<T>(Codec<T> codec, T value, string start)
        {
            var error = Assert.ThrowsAny<NotSupportedException>(() => codec.Encode(value));
            Assert.IsAssignableFrom<IPermanentFailure>(error);
            Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_type_that_contains_itself()
    {
        var tree = new CodecsSample.Tree(
            "root")
        { Children = [new("leaf"), new("branch") { Children = [new("twig")] }, new("bare") { Children = [] }] };
        var back = Decode(Codecs.Of<CodecsSample.Tree>(), Encode(tree));

        Assert.Equal("twig", back.Children![1].Children![0].Name);
        Assert.Null(back.Children[0].Children);
        Assert.Empty(back.Children[2].Children!);
        Assert.Equal(
            "Weir.Execution.Tests.CodecsSample.Tree{Name:string,Children:list{item:Weir.Execution.Tests.CodecsSample.Tree}}",
            Codecs.Of<CodecsSample.Tree>().Schema.ToString());
    }

    [Fact]
    public void Equal_sets_and_dictionaries_have_equal_bytes_whatever_their_order()
    {
        var numbers = Enumerable.Range(0, 100).ToArray();
        CodecsSample.Basket Make(IEnumerable<int> order) => new()
        {
            Seen = [.. order],
            Names = order.Select(number => KeyValuePair.Create($"n{number}", (double?)number)).ToDictionary(),
        };

        Assert.Equal(Encode(Make(numbers)), Encode(Make(numbers.Reverse())));
    }

    [Fact]
    public void Equal_keys_hash_alike_even_where_their_bits_differ()
    {
        Assert.Equal(Hash(0.0), Hash(-0.0));
        Assert.Equal(Hash(1.5m), Hash(1.500m));
        Assert.Equal(Hash(0m), Hash(-0.00m));
        var noon = new DateTimeOffset(2001, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(Hash(noon), Hash(noon.ToOffset(TimeSpan.FromHours(2))));
        Assert.Equal(Hash(noon.DateTime), Hash(DateTime.SpecifyKind(noon.DateTime, DateTimeKind.Utc)));
    }

    [Fact]
    public void Numbers_and_texts_hash_as_StableHash_does()
    {
        Assert.Equal(StableHash.Of(-7), Hash((short)-7));
        Assert.Equal(StableHash.Of(-7), Hash(-7));
        Assert.Equal(StableHash.Of(-7L), Hash(-7L));
        Assert.Equal(StableHash.Of(unchecked((int)uint.MaxValue)), Hash(uint.MaxValue));
        Assert.Equal(StableHash.Of("ATL"), Hash("ATL"));
        Assert.Equal(StableHash.Of(2), Hash(CodecsSample.Color.Blue));
    }

    [Fact]
    public void A_value_of_a_derived_type_is_refused()
    {
        var error = Assert.ThrowsAny<InvalidOperationException>(() => Encode<CodecsSample.Customer>(new CodecsSample.GoodCustomer("Ann", 3)));
        Assert.Contains("GoodCustomer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_members_is_refused_by_the_types_name()
    {
        var error = Assert.Throws<InvalidDataException>(() => Decode(Codecs.Of<CodecsSample.Order>(), [0x91, 0x01]));
        Assert.Contains("CodecsSample.Order has 5 members", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_invalid_data_wherever_it_strikes()
    {
        var bytes = Encode(new CodecsSample.Order(300, new("Ann", null), 1.5m, CodecsSample.Color.Blue, DateTime.UnixEpoch));
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = bytes.ToArray();
                damaged[i] ^= (byte)(1 << bit);
                Assert.True(
                    Record.Exception(() => Decode(Codecs.Of<CodecsSample.Order>(), damaged)) is null or InvalidDataException,
                    $"bit {bit} of byte {i}");
            }

            Assert.Throws<InvalidDataException>(() => Decode(Codecs.Of<CodecsSample.Order>(), bytes[..i]));
        }
    }

    internal static Gen<CodecsSample.Order> Orders() =>
        from id in Of<long>()
        from cents in Of<int>()
        from name in Gen.Elements("Ann", "Bob", "Ωmega", "")
        from paid in Of<DateTime?>()
        select new CodecsSample.Order(
            id, id % 7 == 0 ? null!
                : new CodecsSample.Customer(name, id % 2 == 0 ? null : name + "@x"), cents / 100m, (CodecsSample.Color)(id & 1), paid);

    internal static byte[] Encode<T>(T value) => Codecs.Of<T>().Encode(value).ToArray();

    private static T Decode<T>(Codec<T> codec, byte[] bytes)
    {
        var value = codec.Decode(bytes);
        return codec.Encode(value).Length == bytes.Length ? value : throw new InvalidDataException("Bytes were left over.");
    }

    private static uint Hash<T>(T value) => Codecs.Of<T>().StableHash(value);

    private static Gen<T> Of<T>() => ArbMap.Default.GeneratorFor<T>();

    private static bool Same<T>(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    private static void Laws<T>() => Laws(Of<T>());

    private static void Laws<T>(Func<T, T, bool> same) => Laws(Of<T>(), same);

    private static void Laws<T>(Gen<T> values) => Laws(values, Same);

    private static void Laws<T>(Gen<T> values, Func<T, T, bool> same)
    {
        var codec = Codecs.Of<T>();
        Assert.Equal(codec.Schema.ToString(), Codecs.Of<T>().Schema.ToString());
        Prop.ForAll(values.ToArbitrary(), value =>
        {
            var bytes = Encode(value);
            var back = Decode(codec, bytes);
            return same(value, back) && bytes.AsSpan().SequenceEqual(Encode(back)) && codec.StableHash(value) == codec.StableHash(back);
        }).QuickCheckThrowOnFailure();
    }
}
