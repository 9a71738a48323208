using Weir.Runtime.Channels;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>What waits between subtasks is bounded in elements and in bytes, as the channels count it.</summary>
public sealed class BoundTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Large_texts_fill_a_channel_by_their_bytes()
    {
        var job = new Job("j");
        var sink = new CountingSink();
        job.From(new MemorySource<int>([1])).SelectMany(_ => Texts(400)).Rebalance().To(sink);
        Assert.InRange(MostOf(job, sink, 400), 2 * Megabyte, 6 * Megabyte);
    }

    [Fact]
    public void Large_texts_fill_the_batches_that_an_exchange_by_key_gathers_by_their_bytes()
    {
        var job = new Job("j");
        var sink = new CountingSink();
        job.From(new MemorySource<int>([1])).SelectMany(_ => Texts(400)).WithEventTime(_ => 0L, TimeSpan.Zero).KeyBy(text => text[0])
            .Window(Tumbling.Of(TimeSpan.FromSeconds(1))).Aggregate(g => $"{g.Key}{g.Count()}").To(sink);
        Assert.InRange(MostOf(job, sink, null), 2 * Megabyte, 6 * Megabyte);
        Assert.Equal(400, sink.Texts.Sum(text => int.Parse(text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void No_more_elements_wait_than_channels_hold_and_one_batch_for_each(int capacity)
    {
        var job = new Job("j");
        var sink = new MemorySink<int>();
        job.From(new MemorySource<int>([1])).SelectMany(_ => Enumerable.Range(0, 5_000)).Rebalance().To(sink);
        var run = PipelineRun.Start(job, 2, batchCapacity: 8, channelCapacity: capacity);
        var most = 0;
        run.StepUntil(() =>
        {
            most = Math.Max(most, Most(run).Elements);
            return run.IsExhausted;
        });

        // Two channels leave the source that has a record; a control element may follow a batch.
        Assert.InRange(most, 1, 2 * (capacity + 2));
        run.Finish(1);
        Assert.Equal(Enumerable.Range(0, 5_000), sink.Committed.Order());
    }

    private static IEnumerable<string> Texts(int count) =>
        Enumerable.Range(0, count).Select(i => new string((char)('a' + (i % 8)), Megabyte / 4));

    private static long MostOf(Job job, CountingSink sink, int? records)
    {
        // Two channels of 2 MiB leave the sender; a text takes half a MiB. One batch of one text may be kept in front of each.
        var run = PipelineRun.Start(job, 2, batchCapacity: 64, channelCapacity: 4, channelCapacityBytes: 2 * Megabyte);
        var most = 0L;
        Assert.True(run.StepUntil(() =>
        {
            most = Math.Max(most, Most(run).Bytes);
            return run.IsExhausted;
        }));
        run.Finish(1);
        if (records is { } expected)
        {
            Assert.Equal(expected, sink.Texts.Count);
        }

        return most;
    }

    private static ChannelLoad Most(PipelineRun run) =>
        run.Subtasks.Cast<Subtask>().Select(subtask => subtask.OutputLoad).MaxBy(load => (load.Bytes, load.Elements));

    private sealed class CountingSink : SinkWriter<string>, ISink<string>
    {
        public string Description => "a count";

        public List<string> Texts { get; } = [];

        public ISinkWriter<string> Open(SinkContext context) => this;

        public override void Write(Batch<string> batch)
        {
            foreach (var text in batch.Values)
            {
                Texts.Add(text.Length > 100 ? "" : text);
            }
        }

        public override ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
