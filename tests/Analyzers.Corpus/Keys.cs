using System.Collections.Immutable;
using Weir;

namespace Corpus;

public static class Keys
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.KeyBy(t => t.Lots.ToArray()); // WEIR0006
        all.KeyBy(t => t.Lots); // WEIR0006
        all.KeyBy(t => t.Tags); // WEIR0006
        all.KeyBy(t => t); // WEIR0006
        all.KeyBy(t => (t.Id, t.Lots)); // WEIR0006
        all.KeyBy(t => (object)t.Id); // WEIR0006
        all.KeyBy(t => (IComparable)t.Id); // WEIR0006
        all.KeyBy(t => (Func<int>)(() => t.Id)); // WEIR0006
        all.KeyBy(t => new NoEquals(t.Id)); // WEIR0006
        all.KeyBy(t => new Changing { Id = t.Id }); // WEIR0006
        all.KeyBy(t => new ChangingRecord { Id = t.Id }); // WEIR0006
        all.KeyBy(t => new HoldsList(t.Id, t.Lots)); // WEIR0006
        all.KeyBy(t => new HoldsHolder(new HoldsList(t.Id, t.Lots))); // WEIR0006
        all.KeyBy(t => new StructOfArray(new[] { t.Id })); // WEIR0006
        all.KeyBy(t => ImmutableArray.Create(t.Id)); // WEIR0006
        all.KeyBy(t => ImmutableList.Create(t.Id)); // WEIR0006
        all.KeyBy(t => (IReadOnlyList<int>)t.Lots); // WEIR0006
        all.KeyBy(t => t.Price); // WEIR0006
        all.KeyBy(t => (float)t.Price); // WEIR0006
        all.KeyBy(t => (t.Symbol, t.Price)); // WEIR0006
        all.KeyBy(t => new Line(t.Symbol, t.Price)); // WEIR0006
        all.Where(t => t.Id > 1)
            .KeyBy(t => t.Counts) // WEIR0006
            .Window(Tumbling.Of(TimeSpan.FromHours(1)));

        // Near misses.
        all.KeyBy(t => t.Symbol);
        all.KeyBy(t => t.Id);
        all.KeyBy(t => (int?)t.Id);
        all.KeyBy(t => t.Key);
        all.KeyBy(t => t.Time);
        all.KeyBy(t => t.Fee);
        all.KeyBy(t => t.Time.DayOfWeek);
        all.KeyBy(t => (t.Symbol, t.Id));
        all.KeyBy(t => new Good(t.Symbol, t.Id, new GoodPart(t.Id)));
        all.KeyBy(t => new Equatable(t.Id));
        all.KeyBy(t => new OwnEquals(t.Lots));
        all.KeyBy(t => new Plain(t.Id));
        all.KeyBy(t => DateOnly.FromDateTime(t.Time));
        all.KeyBy(t => new Nested(t.Id, null));
        all.KeyBy(t => Tuple.Create(t.Id, t.Symbol));
        all.KeyBy(t => new Version(1, t.Id));
    }

    private static void Open<T>(Stream<T> stream) => stream.KeyBy(t => t);

    public sealed class NoEquals(int id)
    {
        public int Id { get; } = id;
    }

    public sealed class Changing : IEquatable<Changing>
    {
        public int Id { get; set; }

        public bool Equals(Changing? other) => other?.Id == Id;

        public override bool Equals(object? obj) => Equals(obj as Changing);

        public override int GetHashCode() => Id;
    }

    public sealed record ChangingRecord
    {
        public int Id { get; set; }
    }

    public sealed record HoldsList(int Id, List<int> Lots);

    public sealed record HoldsHolder(HoldsList Inner);

    public readonly record struct StructOfArray(int[] Items);

    public sealed record Good(string Name, int Id, GoodPart Part);

    public readonly record struct GoodPart(long Id);

    public sealed record Nested(int Id, Nested? Inner);

    public readonly struct Plain(int id)
    {
        public int Id { get; } = id;
    }

    public sealed class Equatable(int id) : IEquatable<Equatable>
    {
        private readonly int _id = id;

        public bool Equals(Equatable? other) => other?._id == _id;

        public override bool Equals(object? obj) => Equals(obj as Equatable);

        public override int GetHashCode() => _id;
    }

    public sealed record OwnEquals(List<int> Items)
    {
        public bool Equals(OwnEquals? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Count;
    }
}
