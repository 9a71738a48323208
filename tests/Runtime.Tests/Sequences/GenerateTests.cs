using Weir.Testing;

namespace Weir.Runtime.Tests.Sequences;

/// <summary>Records that are made up.</summary>
public sealed class GenerateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(2, 5)]
    [InlineData(4, 1)]
    public async Task Each_index_is_made_once(int parallelism, int? splits)
    {
        var sink = new MemorySink<long>();
        var job = new Job("generate");
        var source = Generate.Records(static index => index).Take(10_001);
        job.From(splits is { } parts ? source.InSplits(parts) : source).To(sink);
        await job.RunAsync(new JobOptions { Parallelism = parallelism, RestartStrategy = RestartStrategy.None }, Cancellation);
        Assert.Equal(Enumerable.Range(0, 10_001).Select(static index => (long)index), sink.Visible);
    }

    [Fact]
    public async Task In_one_split_records_come_in_order_of_their_index()
    {
        var sink = new MemorySink<long>();
        var job = new Job("generate");
        job.From(Generate.Records(static index => index).Take(5000).InSplits(1)).To(sink);
        await job.RunAsync(cancellation: Cancellation);
        Assert.Equal(sink.Visible, sink.Committed);
    }

    [Fact]
    public async Task No_records_are_no_records()
    {
        var sink = new MemorySink<long>();
        var job = new Job("generate");
        job.From(Generate.Records(static index => index).Take(0).PerSecond(5)).To(sink);
        await job.RunAsync(cancellation: Cancellation);
        Assert.Empty(sink.Committed);
    }

    [Fact]
    public void A_rate_is_kept_by_the_clock_and_no_more_than_a_second_is_made_up_for()
    {
        var clock = new SimulatedTime();
        var woken = 0;
        var context = new SourceContext("From-1", 1, clock, static _ => { }) { Wake = () => woken++ };
        var reader = ReaderOf(Generate.Records(static index => index).PerSecond(100), context);
        Assert.Equal([0L], ReadAll(reader));
        Assert.Empty(ReadAll(reader));
        clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, woken);
        Assert.Equal([1L, 2, 3, 4, 5], ReadAll(reader));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(100, ReadAll(reader).Count);
        reader.Dispose();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, woken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Generate.Records(static index => index).PerSecond(rate));

    [Fact]
    public void From_every_offset_the_same_records_follow()
    {
        var source = Generate.Records(static index => index).Take(20);
        for (var offset = 0; offset <= 20; offset++)
        {
            using var reader = ReaderOf(source, new SourceContext("From-1", 1, TimeProvider.System, static _ => { }), offset);
            var records = ReadAll(reader);
            Assert.Equal(20 - offset, records.Count);
            Assert.Equal(20, reader.Offset.Value);
            Assert.True(records.Count == 0 || records[0] == offset);
        }
    }

    private static List<long> ReadAll(ISplitReader<long> reader)
    {
        var records = new List<long>();
        var batch = new Batch<long>(1000);
        reader.Read(batch);
        records.AddRange(batch.Values);
        return records;
    }

    private static ISplitReader<long> ReaderOf(GeneratedRecords<long> source, SourceContext context, long offset = 0) =>
        source.Accept(new Opener(context, offset));

    private sealed class Opener(SourceContext context, long offset) : ISourceVisitor<long, ISplitReader<long>>
    {
        public ISplitReader<long> Visit<TSplit>(Source<long, TSplit> source)
        {
            var splits = source.ListSplitsAsync(context, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return source.Open(splits[0], new Offset(offset), context);
        }
    }
}
