using System.Globalization;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>State that expires, taken from one parallelism to another: it answers what it would have answered without that.</summary>
public sealed class TtlRescalingTests
{
    private const int Keys = 40;
    private const int Steps = 240;

    [Theory]
    [InlineData("value", false)]
    [InlineData("value", true)]
    [InlineData("list", false)]
    [InlineData("list", true)]
    [InlineData("map", false)]
    [InlineData("map", true)]
    [InlineData("reducing", false)]
    [InlineData("reducing", true)]
    [InlineData("aggregating", false)]
    [InlineData("aggregating", true)]
    public void H5_State_expires_when_it_would_have_without_a_change_of_parallelism(string kind, bool readingIsUse)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var ttl = StateTtl.Of(TimeSpan.FromMicroseconds(100));
            ttl = readingIsUse ? ttl.UpdatedOnReadAndWrite() : ttl;
            var (still, moving) = (new Subtasks(kind, ttl, 1), new Subtasks(kind, ttl, 1));
            var now = 0L;
            var alive = 0;
            for (var step = 0; step < Steps; step++)
            {
                if (step is Steps / 3 or Steps * 2 / 3)
                {
                    // What expires between the snapshot and the restore must not come back either.
                    var snapshots = moving.Snapshots();
                    now += random.Next(60);
                    moving = new Subtasks(kind, ttl, step == Steps / 3 ? 3 : 2);
                    moving.Begin(now, snapshots);
                }

                now += random.Next(4);
                var (key, text) = (random.Next(Keys), StepOf(kind, random));
                var expected = still.Do(now, key, text);
                var actual = moving.Do(now, key, text);
                Assert.True(expected == actual, $"seed {seed}, step {step}: {text} of key {key} at {now}: {actual}, not {expected}");
                alive += step > Steps / 3 && expected.Length > 0 && !expected.Contains("null", StringComparison.Ordinal)
                    && !expected.Contains("[]", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.True(alive > 0, $"seed {seed}: nothing was left to be read behind the first change");
        }
    }

    private static string StepOf(string kind, Random random)
    {
        var isRead = random.Next(2) == 0;
        var number = random.Next(1, 9).ToString(CultureInfo.InvariantCulture);
        return (kind, isRead) switch
        {
            ("map", true) => "[\"k\",0,\"entries\"]",
            ("map", false) => $"[\"k\",0,\"put\",{random.Next(3)},{number}]",
            (_, true) => "[\"k\",0,\"read\"]",
            ("value", false) => $"[\"k\",0,\"write\",{number}]",
            _ => $"[\"k\",0,\"add\",{number}]",
        };
    }

    /// <summary>The subtasks of the operator, and who has which key.</summary>
    private sealed class Subtasks
    {
        private const int Groups = 128;

        private readonly ProcessHarness<(long Key, string Step)>[] _all;

        public Subtasks(string kind, StateTtl ttl, int parallelism)
        {
            var stage = new Job("ttl").From(new MemorySource<(long Key, string Step)>([])).KeyBy(record => record.Key)
                .Process(() => new GoldenTtlProcess(kind, ttl)).Stage;
            _all = [.. Enumerable.Range(0, parallelism).Select(index =>
                new ProcessHarness<(long Key, string Step)>(stage, index: index, parallelism: parallelism))];
        }

        public OperatorState[] Snapshots() =>
            [.. _all.Select(one => one.Snapshot() with { Forms = new StoredForms([.. one.Operator.Schemas]) })];

        public void Begin(long now, OperatorState[] old)
        {
            var dealt = Rescaling.Deal(_all[0].Operator.Id, old, _all.Length, Groups);
            for (var i = 0; i < _all.Length; i++)
            {
                _all[i].Clock(now);
                _all[i].Restore(dealt[i]);
            }
        }

        public string Do(long now, long key, string step)
        {
            foreach (var one in _all)
            {
                one.Clock(now);
            }

            var owner = _all[KeyGroups.SubtaskOf(KeyGroups.Of(Codecs.Of<long>().StableHash(key), Groups), Groups, _all.Length)];
            owner.Records(((key, step), long.MinValue));
            return string.Join(' ', owner.Take());
        }
    }
}
