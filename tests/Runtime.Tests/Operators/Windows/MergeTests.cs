using Weir.Graph;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Interpreted panes merge as generated ones do: cut anywhere and put together in any way, the result is that of the whole.
/// </summary>
public sealed class MergeTests
{
    [Fact]
    public void Merged_parts_equal_the_whole_for_the_users_aggregate()
    {
        Law(Functor(new SumOf()), (ref long accumulator, in int record) => accumulator += record);
        Law(Functor(new LastOf()), (ref (int, bool) accumulator, in int record) => accumulator = (record, true));
        Law(Functor(new DistinctOf()), (ref HashSet<int> accumulator, in int record) => accumulator.Add(record));
    }

    [Fact]
    public void Merged_parts_equal_the_whole_and_keep_its_order_for_kept_records()
    {
        var stage = (AggregateGroupStage<int, int, string>)Windowed().Aggregate(g => $"{g.Key} {g.Window.StartTime} {string.Join(' ', g)}")
            .Stage;
        Law(new GroupFunctor<int, int, string>(stage, KeySeed.Fixed), (ref List<int> accumulator, in int record) =>
            accumulator.Add(record));
    }

    private delegate void Add<TAcc>(ref TAcc accumulator, in int record);

    private static void Law<TAcc, TFunctor>(TFunctor functor, Add<TAcc> add)
        where TFunctor : struct, IPaneFunctor<int, TAcc, string>
    {
        Assert.True(functor.CanMerge);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(-20, 20)).ToList();
            var expected = Result(Fold(records));
            var (one, other) = (random.Next(records.Count + 1), random.Next(records.Count + 1));
            var (first, second) = (Math.Min(one, other), Math.Max(one, other));
            TAcc Part(int index) => Fold(index switch { 0 => records[..first], 1 => records[first..second], _ => records[second..] });

            var fromLeft = Part(0);
            functor.Merge(ref fromLeft, Part(1));
            functor.Merge(ref fromLeft, Part(2));
            var (left, fromRight) = (Part(0), Part(1));
            functor.Merge(ref fromRight, Part(2));
            functor.Merge(ref left, fromRight);
            var (none, all) = (functor.Create(), Fold(records));
            functor.Merge(ref none, all);
            functor.Merge(ref all, functor.Create());
            Assert.All(
                [Result(fromLeft), Result(left), Result(none), Result(all)],
                result => Assert.Equal($"seed {seed}: {expected}", $"seed {seed}: {result}"));
        }

        TAcc Fold(List<int> records)
        {
            var accumulator = functor.Create();
            foreach (var record in records)
            {
                add(ref accumulator, record);
            }

            return accumulator;
        }

        string Result(TAcc accumulator) => functor.Result(7, new TimeWindow(10, 20), ref accumulator);
    }

    private static AggregateFunctor<int, int, TAcc, string, string> Functor<TAcc>(IAggregate<int, TAcc, string> aggregate) => new(
        (AggregateStage<int, int, TAcc, string, string>)Windowed()
            .Aggregate(aggregate, (key, window, value) => $"{key} {window.StartTime} {value}").Stage,
        KeySeed.Fixed);

    private static WindowedStream<int, int> Windowed() => new Job("merge").From(new MemorySource<int>([]))
        .WithEventTime(_ => 0L, TimeSpan.Zero)
        .KeyBy(n => n % 3)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)));

    private sealed class SumOf : IAggregate<int, long, string>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in int record) => accumulator += record;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public string Result(in long accumulator) => $"{accumulator}";
    }

    // Not commutative: merged the wrong way round it gives another result.
    private sealed class LastOf : IAggregate<int, (int Value, bool Any), string>
    {
        public (int Value, bool Any) Create() => default;

        public void Add(ref (int Value, bool Any) accumulator, in int record) => accumulator = (record, true);

        public void Merge(ref (int Value, bool Any) accumulator, in (int Value, bool Any) other) =>
            accumulator = other.Any ? other : accumulator;

        public string Result(in (int Value, bool Any) accumulator) => $"{accumulator}";
    }

    private sealed class DistinctOf : IAggregate<int, HashSet<int>, string>
    {
        public HashSet<int> Create() => [];

        public void Add(ref HashSet<int> accumulator, in int record) => accumulator.Add(record);

        public void Merge(ref HashSet<int> accumulator, in HashSet<int> other) => accumulator.UnionWith(other);

        public string Result(in HashSet<int> accumulator) => string.Join(' ', accumulator.Order());
    }
}
