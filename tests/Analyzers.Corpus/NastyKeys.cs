using System.Collections.Immutable;
using System.Numerics;
using Weir;

namespace Corpus;

public static class NastyKeys
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, dynamic anything)
    {
        var all = job.From(trades);
        all.KeyBy(t => (t.Symbol, new[] { t.Id })); // WEIR0006
        all.KeyBy(t => (t.Id, (t.Symbol, t.Lots))); // WEIR0006
        all.KeyBy(t => Tuple.Create(t.Id, t.Lots)); // WEIR0006
        all.KeyBy(t => KeyValuePair.Create(t.Id, t.Tags)); // WEIR0006
        all.KeyBy(t => (dynamic)t.Id); // WEIR0006
        all.KeyBy(t => typeof(Trade)); // WEIR0006
        all.KeyBy(t => new DefaultOverReference(new NastyBox())); // WEIR0006
        all.KeyBy(t => new HalfRecord((Half)t.Price)); // WEIR0006
        all.KeyBy(t => new Complex(t.Price, 1)); // WEIR0006
        all.KeyBy(t => new GenericKey<int[]>(t.Lots.ToArray())); // WEIR0006
        all.KeyBy(t => (double?)t.Price); // WEIR0006
        all.KeyBy(t => t.Symbol.AsMemory()); // WEIR0006
        all.KeyBy(t => ImmutableArray.Create(t.Symbol)); // WEIR0006
        all.KeyBy(t => t.Lots.GroupBy(lot => lot).First()); // WEIR0006
        all.KeyBy(t => (IEquatable<int>)t.Id); // WEIR0006
        ByKey(all, t => t.Lots); // WEIR0006
        ByOther(all, t => t.Tags); // WEIR0006
        var query = from t in all group t by t.Counts; // WEIR0006
        all.KeyBy(t => new AnyCase(t.Symbol)); // WEIR0006
        all.KeyBy(t => new ByIdAlone(t.Id, t.Symbol)); // WEIR0006
        all.KeyBy(t => (t.Id, new AnyCase(t.Symbol))); // WEIR0006

        // Near misses.
        ByKey(all, t => t.Id);
        ByOther(all, t => t.Symbol);
        all.KeyBy(t => new Uri(t.Text));
        all.KeyBy(t => new Version(t.Id, 1));
        all.KeyBy(t => new BigInteger(t.Id));
        all.KeyBy(t => new OwnEquals(t.Lots));
        all.KeyBy(t => new Written(t.Id, t.Symbol));
        all.KeyBy(t => new GenericKey<string>(t.Symbol));
        all.KeyBy(t => t.Time.DayOfWeek);
        all.KeyBy(t => (DayOfWeek?)t.Time.DayOfWeek);
        all.KeyBy(t => DateOnly.FromDateTime(t.Time));
        all.KeyBy(t => (Int128)t.Id);
        all.KeyBy(t => (t.Symbol, t.Id, (t.Key, t.Fee)));
    }

    private static KeyedStream<Trade, TKey> ByKey<TKey>(Stream<Trade> trades, Func<Trade, TKey> key) => trades.KeyBy(key);

    private static KeyedStream<Trade, TOther> ByOther<TOther>(Stream<Trade> trades, Func<Trade, TOther> key) => ByKey(trades, key);
}

public readonly struct DefaultOverReference(NastyBox box)
{
    public NastyBox Held { get; } = box;
}

public sealed record AnyCase(string Name)
{
    public bool Equals(AnyCase? other) => string.Equals(Name, other?.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Name.Length;
}

public sealed class ByIdAlone(int id, string name) : IEquatable<ByIdAlone>
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public bool Equals(ByIdAlone? other) => other?.Id == Id;

    public override bool Equals(object? obj) => obj is ByIdAlone other && Equals(other);

    public override int GetHashCode() => Id;
}

public sealed class Written(int id, string name)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public override bool Equals(object? obj) => obj is Written other && other.Id == Id && other.Name == Name;

    public override int GetHashCode() => Id;
}

public sealed record HalfRecord(Half Value);

public sealed record GenericKey<T>(T Value);

public sealed record OwnEquals(List<int> Lots)
{
    public bool Equals(OwnEquals? other) => other is not null && Lots.SequenceEqual(other.Lots);

    public override int GetHashCode() => Lots.Count;
}
