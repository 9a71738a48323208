using System.Globalization;
using Weir.Graph;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Large batches whose records wander among slices give what the same records give one at a time: the operator looks for slices in
/// another way then.
/// </summary>
public sealed class WanderingTests
{
    public static TheoryData<AlignedWindows, MergeOrder> Cases
    {
        get
        {
            var cases = new TheoryData<AlignedWindows, MergeOrder>();
            foreach (var order in new[] { MergeOrder.Any, MergeOrder.Arrival })
            {
                cases.Add(Tumbling.Of(Us(10)), order);
                cases.Add(Sliding.Of(Us(60), Us(10)), order);
                cases.Add(Sliding.Of(Us(5), Us(20)), order);
                cases.Add(Sliding.Of(Us(70), Us(30)), order);
                cases.Add(Cumulative.Of(Us(100), Us(10)), order);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Records_that_wander_in_large_batches_give_what_they_give_one_at_a_time(AlignedWindows windows, MergeOrder order)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var round = 0; round < 4; round++)
        {
            var random = new Random(seed + round);
            var (batches, singles) = (new AggregateScript(Stage(windows, order), crash: false),
                new AggregateScript(Stage(windows, order), crash: false));
            var now = 0L;
            for (var batch = 0; batch < 30; batch++)
            {
                // Some batches stay in one slice, so that the way changes to and fro; some records come too late for all windows.
                var spread = random.Next(4) == 0 ? 3 : 120;
                var records = Enumerable.Range(0, 300).Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"k{random.Next(40)}:{random.Next(1, 30)}@{now + (i / 30) - random.Next(spread) - (random.Next(20) == 0 ? 200 : 0)}"))
                    .ToList();
                var what = $"seed {seed + round}, {windows}, batch {batch}: ";
                now += 10;
                var watermark = string.Create(CultureInfo.InvariantCulture, $"WM{now - random.Next(60, 90)}");
                batches.RunBatch(records);
                singles.Run(string.Join(' ', records));
                Assert.Equal(what + singles.Run(watermark), what + batches.Run(watermark));
                Assert.Equal($"{what}{singles.Late} late", $"{what}{batches.Late} late");
                if (random.Next(6) == 0)
                {
                    Assert.Equal(singles.Run("restore"), batches.Run("restore"));
                }
            }

            Assert.True(singles.Late > 0, $"seed {seed + round}");
            var end = $"WM{long.MaxValue}";
            Assert.Equal(singles.Run(end), batches.Run(end));
            Assert.Equal(0, batches.KeyGroupsInState);
        }
    }

    [Theory]
    [InlineData(MergeOrder.Any)]
    [InlineData(MergeOrder.Arrival)]
    public void Fires_that_stop_take_in_large_batches_that_wander(MergeOrder order)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        for (var round = 0; round < 10; round++)
        {
            var random = new Random(seed + round);
            var windows = random.Next(2) == 0 ? (AlignedWindows)Tumbling.Of(Us(10)) : Sliding.Of(Us(60), Us(10));
            var (batches, singles) = (new AggregateScript(Stage(windows, order), crash: false, new Random(seed)),
                new AggregateScript(Stage(windows, order), crash: false));
            var expected = new List<string>();
            var now = 0L;
            for (var batch = 0; batch < 30; batch++)
            {
                now += 10;
                var records = Enumerable.Range(0, 300).Select(i => string.Create(
                    CultureInfo.InvariantCulture, $"k{random.Next(40)}:{random.Next(1, 30)}@{now - random.Next(160)}")).ToList();
                var watermark = string.Create(CultureInfo.InvariantCulture, $"WM{now - 90}");
                batches.RunBatch(records);
                batches.Run(watermark);
                singles.Run(string.Join(' ', records));
                expected.Add(singles.Run(watermark));
            }

            Assert.Equal($"seed {seed + round}: " + string.Join(' ', expected), $"seed {seed + round}: " + batches.Finish());
            Assert.Equal(singles.Late, batches.Late);
        }
    }

    private static Stage Stage(AlignedWindows windows, MergeOrder order)
    {
        var windowed = new Job("windows").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(windows);
        return order == MergeOrder.Arrival
            ? windowed.Aggregate(g => $"{g.Key}={string.Join(',', g.Select(record => record.Value))}").Stage
            : windowed.Aggregate(new SumOf(), (name, _, sum) => $"{name}={sum}").Stage;
    }

    private static TimeSpan Us(long count) => TimeSpan.FromMicroseconds(count);

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
