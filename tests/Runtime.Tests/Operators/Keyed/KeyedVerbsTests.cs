using System.Globalization;

namespace Weir.Runtime.Tests.Operators.Keyed;

public sealed class KeyedVerbsTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromMicroseconds(10);

    [Theory, InlineData(false), InlineData(true)]
    public void Reduce_says_at_each_record_what_there_is_so_far(bool crash) => Assert.Equal(
        "(1, 2)@1 (2, 5)@2 (1, 6)@3 (1, 7)@0",
        Play(Keyed().Reduce((a, b) => (a.Key, a.Value + b.Value)), crash, (1, 2, 1), (2, 5, 2), (1, 4, 3), (1, 1, 0)));

    [Theory, InlineData(false), InlineData(true)]
    public void Aggregate_by_LINQ_says_at_each_record_how_far_its_key_has_come(bool crash) => Assert.Equal(
        "1: 1, 2@1 2: 1, 5@2 1: 2, 6@3",
        Play(Keyed().Aggregate(g => $"{g.Key}: {g.Count()}, {g.Sum(r => r.Value)}"), crash, (1, 2, 1), (2, 5, 2), (1, 4, 3)));

    [Theory, InlineData(false), InlineData(true)]
    public void A_hand_written_aggregate_runs_on_for_each_key(bool crash) => Assert.Equal(
        "1=2@1 2=5@2 1=6@3",
        Play(Keyed().Aggregate(new Sum(), (key, sum) => $"{key}={sum}"), crash, (1, 2, 1), (2, 5, 2), (1, 4, 3)));

    [Theory, InlineData(false), InlineData(true)]
    public void Distinct_lets_the_first_of_equal_records_of_a_key_pass(bool crash) => Assert.Equal(
        "(1, 2)@1 (2, 2)@2 (1, 3)@4",
        Play(Keyed().Distinct(), crash, (1, 2, 1), (2, 2, 2), (1, 2, 3), (1, 3, 4), (1, 2, 5)));

    [Theory, InlineData(false), InlineData(true)]
    public void Distinct_of_a_stream_lets_each_record_pass_once(bool crash) => Assert.Equal(
        "(1, 2)@1 (2, 2)@2 (1, 3)@4",
        Play(Source().Distinct(), crash, (1, 2, 1), (2, 2, 2), (1, 2, 3), (1, 3, 4), (1, 2, 5)));

    [Theory, InlineData(false), InlineData(true)]
    public void DistinctBy_lets_the_first_record_of_each_value_pass(bool crash) => Assert.Equal(
        "(1, 2)@1 (1, 3)@2 (2, 4)@4",
        Play(Keyed().DistinctBy(r => r.Value % 2), crash, (1, 2, 1), (1, 3, 2), (1, 4, 3), (2, 4, 4), (1, 5, 5)));

    [Theory, InlineData(false), InlineData(true)]
    public void Deduplicate_drops_what_is_less_than_a_while_from_a_record_that_passed_on_either_side(bool crash) => Assert.Equal(
        "(1, 1)@100 (1, 3)@110 (2, 4)@105 (1, 6)@90 (1, 8)@120",
        Play(
            Keyed().Deduplicate(Ten),
            crash,
            (1, 1, 100), (1, 2, 109), (1, 3, 110), (2, 4, 105), (1, 5, 91), (1, 6, 90), (1, 7, 119), (1, 8, 120)));

    [Fact]
    public void Deduplicate_forgets_a_record_when_none_that_it_would_drop_is_expected_any_more()
    {
        var harness = new ProcessHarness<(long Key, long Value)>(Keyed().Deduplicate(Ten).Stage);
        harness.Records(((1, 1), 100));
        harness.Watermark(108);
        Assert.NotEmpty(harness.Snapshot().KeyGroups);
        harness.Watermark(109);
        Assert.Empty(harness.Snapshot().KeyGroups);
        harness.Records(((1, 2), 110), ((1, 3), 109));
        Assert.Equal("(1, 1)@100 WM108 WM109 (1, 2)@110", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void Deduplicate_by_the_clock_needs_no_event_times()
    {
        var harness = new ProcessHarness<(long Key, long Value)>(
            Keyed().Deduplicate(Ten, WindowTime.Processing).Stage, isTimed: false);
        harness.Clock(5);
        harness.Records(((1, 1), 0));
        harness.Clock(14);
        harness.Records(((1, 2), 0));
        Assert.NotEmpty(harness.Snapshot().KeyGroups);
        harness.Clock(15);
        harness.Records(((1, 3), 0));
        Assert.Equal("(1, 1) (1, 3)", string.Join(' ', harness.Take()));
    }

    [Fact]
    public void Deduplicate_at_the_ends_of_time_neither_fails_nor_forgets_too_early()
    {
        Assert.Equal(
            $"(1, 1)@{long.MaxValue - 1} (1, 3)@{long.MinValue + 1}",
            Play(Keyed().Deduplicate(TimeSpan.FromDays(400)), true,
                (1, 1, long.MaxValue - 1), (1, 2, long.MaxValue - 5), (1, 3, long.MinValue + 1), (1, 4, long.MinValue + 2)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void TopN_tells_who_comes_in_and_who_is_put_out_and_the_first_of_equals_stays(bool crash) => Assert.Equal(
        "nothing → (1, 5)@1 nothing → (1, 7)@2 (1, 5) → (1, 6)@5 (1, 6) → (1, 8)@7",
        Play(Keyed().TopN(2, r => r.Value), crash,
            (1, 5, 1), (1, 7, 2), (1, 3, 3), (1, 5, 4), (1, 6, 5), (1, 6, 6), (1, 8, 7)));

    [Theory, InlineData(false), InlineData(true)]
    public void TopN_of_a_window_gives_the_best_first_and_the_first_of_equals(bool crash)
    {
        var ranked = Keyed().Window(Tumbling.Of(Ten)).TopN(2, r => r.Value % 10, (key, _, rank, record) => $"{key}#{rank}:{record.Value}");
        var harness = new ProcessHarness<(long Key, long Value)>(ranked.Stage.Inputs[0].Stage);
        foreach (var record in ((long, long, long)[])[(1, 5, 1), (1, 15, 2), (1, 3, 3), (1, 25, 4), (1, 6, 11)])
        {
            if (crash)
            {
                harness.Restore(harness.Snapshot());
            }

            harness.Records(((record.Item1, record.Item2), record.Item3));
        }

        harness.Watermark(19);
        var made = harness.Take();
        Assert.Equal(["1#1:5", "1#2:15"], Assert.IsType<string[]>(made[0].Value));
        Assert.Equal((9L, 19L), (made[0].Time, made[1].Time));
        Assert.Equal(["1#1:6"], Assert.IsType<string[]>(made[1].Value));
    }

    [Fact]
    public void The_id_of_the_best_of_a_window_is_that_of_the_operator_that_keeps_them()
    {
        var ranked = Keyed().Window(Tumbling.Of(Ten)).TopN(2, r => r.Value).Id("best").WithParallelism(2);
        Assert.Equal("best", ranked.Stage.Inputs[0].Stage.Id);
        Assert.Equal(2, ranked.Stage.Inputs[0].Stage.Parallelism);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Lag_gives_each_record_with_the_one_before_it(bool crash)
    {
        Assert.Equal(
            "nothing → (1, 1)@1 nothing → (2, 9)@2 (1, 1) → (1, 4)@3 (1, 4) → (1, 6)@4",
            Play(Keyed().Lag(), crash, (1, 1, 1), (2, 9, 2), (1, 4, 3), (1, 6, 4)));
        Assert.Equal(
            "5@4 3@5",
            Play(Keyed().Lag(2, (before, now) => now.Value - before.Value), crash, (1, 1, 1), (2, 9, 2), (1, 4, 3), (1, 6, 4), (1, 7, 5)));
        Assert.Equal("3@3", Play(Keyed().Lag((before, now) => now.Value - before.Value), crash, (1, 1, 1), (1, 4, 3)));
    }

    [Fact]
    public void Limits_are_said_where_the_verb_is_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyed().Lag(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyed().Lag(1025));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyed().TopN(0, r => r.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyed().TopN(10_001, r => r.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyed().Deduplicate(TimeSpan.Zero));
    }

    private static Stream<(long Key, long Value)> Source() => new Job("verbs").From(new MemorySource<(long Key, long Value)>([]));

    private static KeyedStream<(long Key, long Value), long> Keyed() => Source().KeyBy(record => record.Key);

    private static string Play<TOut>(Stream<TOut> results, bool crash, params (long Key, long Value, long Time)[] records)
    {
        var harness = new ProcessHarness<(long Key, long Value)>(results.Stage);
        foreach (var (key, value, time) in records)
        {
            if (crash)
            {
                harness.Restore(harness.Snapshot());
            }

            harness.Records(((key, value), time));
        }

        return string.Join(' ', harness.Take());
    }

    private sealed class Sum : IAggregate<(long Key, long Value), long, string>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (long Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public string Result(in long accumulator) => accumulator.ToString(CultureInfo.InvariantCulture);
    }
}
