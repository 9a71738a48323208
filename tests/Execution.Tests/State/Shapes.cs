using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Numerics;
using System.Text;

namespace Weir.Execution.Tests.State;

/// <summary>Types of the shapes that users have: a codec is generated for each.</summary>
public static class Shapes
{
    public enum Tiny : byte
    {
        No,
        Yes = 255,
    }

    [Flags]
    public enum Large : ulong
    {
        None = 0,
        Low = 1,
        High = 0x8000_0000_0000_0000,
    }

    public enum Deep : long
    {
        Least = long.MinValue,
    }

    /// <summary>A closed hierarchy of several levels.</summary>
    [GenerateCodec]
    public abstract record Expression
    {
        public sealed record Number(double Value) : Expression;

        public sealed record Nothing : Expression;

        public abstract record Binary(Expression Left, Expression Right) : Expression
        {
            public sealed record Sum(Expression Left, Expression Right) : Binary(Left, Right);

            public sealed record Product(Expression Left, Expression Right) : Binary(Left, Right)
            {
                public string? Note { get; init; }
            }
        }
    }

    public abstract record Outcome<T>
    {
        private Outcome()
        {
        }

        public sealed record Good(T Value) : Outcome<T>;

        public sealed record Bad(string Why) : Outcome<T>;
    }

    /// <summary>Closed, as nobody else can derive from it.</summary>
    public abstract class Vehicle
    {
        private protected Vehicle()
        {
        }

        public int Wheels { get; set; }
    }

    public sealed class Car : Vehicle
    {
        public string? Plate { get; set; }
    }

    public sealed class Bicycle : Vehicle;

    [GenerateCodec]
    public sealed record Chain(int Value, Chain? Next);

    public sealed record Ping(string Name)
    {
        public Pong? Answer { get; init; }
    }

    [GenerateCodec]
    public sealed class Pong
    {
        public List<Ping> Pings { get; init; } = [];
    }

    public readonly record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second)
        where TFirst : notnull;

    public sealed record Empty;

    public class Root
    {
        public string Name { get; set; } = "";

        public virtual int Level { get; set; }
    }

    [GenerateCodec]
    public sealed class Leaf : Root
    {
        public int Field;

        public required string Must { get; init; }

        public override int Level { get; set; }
    }

    /// <summary>Only its constructor sets it.</summary>
    [GenerateCodec]
    public sealed class Fixed
    {
        public Fixed(string text, int number)
        {
            Text = text ?? throw new ArgumentNullException(nameof(text));
            (Number, Unused) = (number, 0);
        }

        public string Text { get; }

        public int Number { get; }

        [MessagePack.IgnoreMember]
        public int Unused { get; set; }
    }

    /// <summary>What it makes of its argument would be made of itself again, if the member were not set behind it.</summary>
    [GenerateCodec]
    public sealed class Trimmed(string text)
    {
        public string Text { get; set; } = text + "!";
    }

    [CustomCodec(typeof(MoneyCodec))]
    public sealed class Money
    {
        private readonly long _cents;

        public Money(long cents) => _cents = cents;

        public sealed class MoneyCodec : Codec<Money>
        {
            public override Schema Schema { get; } = Schema.Of("money");

            public override void Write(ref MessagePack.MessagePackWriter writer, in Money value) => writer.Write(value?._cents ?? -1);

            public override Money Read(ref MessagePack.MessagePackReader reader) => new(reader.ReadInt64());
        }

        public override bool Equals(object? obj) => obj is Money other && other._cents == _cents;

        public override int GetHashCode() => _cents.GetHashCode();
    }

    /// <summary>Texts without regard to their case.</summary>
    public sealed class UpperCodec : Codec<string>
    {
        public override Schema Schema { get; } = Schema.Of("upper");

        public override void Write(ref MessagePack.MessagePackWriter writer, in string value) => writer.Write(value?.ToUpperInvariant());

        public override string Read(ref MessagePack.MessagePackReader reader) => reader.ReadString()!;
    }

    [GenerateCodec]
    public sealed record Priced(Money Price, [CustomCodec(typeof(UpperCodec))] string Code, string Text);

    /// <summary>A member of each type of the framework.</summary>
    [GenerateCodec]
    public sealed record Framework
    {
        public Half Half { get; init; }

        public Rune Rune { get; init; } = new('a');

        public Index Index { get; init; }

        public Range Range { get; init; }

        public Version? Version { get; init; }

        public Uri? Uri { get; init; }

        public Complex Complex { get; init; }

        public BitArray? Bits { get; init; }

        public IPAddress? Address { get; init; }

        public Int128 Wide { get; init; }

        public KeyValuePair<string, int> Entry { get; init; }

        public Tuple<int, string>? Tuple { get; init; }

        public ValueTuple<int> One { get; init; }

        public (int, int, int, int, int, int, int, string, double) Nine { get; init; }

        public Vector3 Vector { get; init; }

        public TimeWindow Window { get; init; }

        public Tiny? Tiny { get; init; }

        public Large Large { get; init; }

        public Deep Deep { get; init; }
    }

    /// <summary>A member of each collection.</summary>
    [GenerateCodec]
    public sealed record Collections
    {
        public Queue<int>? Queue { get; init; }

        public Stack<int>? Stack { get; init; }

        public LinkedList<string>? Linked { get; init; }

        public SortedList<string, int>? SortedList { get; init; }

        public SortedDictionary<int, int>? SortedDictionary { get; init; }

        public SortedSet<int>? SortedSet { get; init; }

        public Collection<int>? Collection { get; init; }

        public ObservableCollection<int>? Observable { get; init; }

        public ReadOnlyCollection<int>? ReadOnly { get; init; }

        public ConcurrentQueue<int>? ConcurrentQueue { get; init; }

        public ConcurrentStack<int>? ConcurrentStack { get; init; }

        public ConcurrentDictionary<int, string>? ConcurrentDictionary { get; init; }

        public ImmutableQueue<int>? ImmutableQueue { get; init; }

        public ImmutableStack<int>? ImmutableStack { get; init; }

        public ImmutableSortedSet<int>? ImmutableSortedSet { get; init; }

        public ImmutableSortedDictionary<int, int>? ImmutableSortedDictionary { get; init; }

        public FrozenSet<int>? FrozenSet { get; init; }

        public FrozenDictionary<int, string>? FrozenDictionary { get; init; }

        public int[,]? Grid { get; init; }

        public int[,,]? Cube { get; init; }

        public int[][,]? Grids { get; init; }

        public string[,][]? Lists { get; init; }

        public int?[]? Nullables { get; init; }

        public Dictionary<Tiny, List<Pair<int, string>>>? Nested { get; init; }

        public HashSet<(int, string)>? Tuples { get; init; }
    }

    /// <summary>Everything else, together.</summary>
    [GenerateCodec]
    public sealed record Holder(
        Expression? Expression, Outcome<int> Number, Outcome<string>? Text, Vehicle? Vehicle, Pair<string, Pair<int, Tiny?>> Pair, Empty Empty);
}
