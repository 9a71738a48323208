namespace Weir.Execution.Tests.Pipelines;

/// <summary>What a record costs in garbage once a pipeline runs: nothing, if it is generated.</summary>
public sealed class AllocationTests
{
    // A batch may cost a few bytes; a record none: the smallest object has 24.
    private const double MaxBytesPerRecord = 0.5;

    [Fact]
    public async Task A_generated_loop_without_state_allocates_nothing_for_a_record() =>
        Assert.InRange(await BytesPerRecord<double>(AllocationPipelines.Stateless, interpreted: false), 0, MaxBytesPerRecord);

    [Fact]
    public async Task A_generated_window_allocates_nothing_for_a_record() =>
        Assert.InRange(await BytesPerRecord<TickSum>(AllocationPipelines.Windowed, interpreted: false), 0, MaxBytesPerRecord);

    [Fact]
    public async Task A_generated_running_aggregate_allocates_nothing_for_a_record() =>
        Assert.InRange(await BytesPerRecord<double>(AllocationPipelines.Running, interpreted: false), 0, MaxBytesPerRecord);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_loop_that_makes_many_records_of_one_allocates_nothing_for_a_record_however_often_it_stops(int parallelism) =>
        Assert.InRange(await BytesPerRecord<double>(AllocationPipelines.Expanded, interpreted: false, parallelism), 0, MaxBytesPerRecord);

    // The measure can fail: interpreted, the window keeps its records.
    [Fact]
    public async Task An_interpreted_window_keeps_its_records() =>
        Assert.True(await BytesPerRecord<TickSum>(AllocationPipelines.Windowed, interpreted: true) > MaxBytesPerRecord);

    private static async Task<double> BytesPerRecord<TOut>(
        Action<Job, ISource<Tick>, ISink<TOut>> define, bool interpreted, int parallelism = 1)
    {
        var source = new MeteredSource();
        var job = new Job("allocation");
        define(job, source, new NoSink<TOut>());
        await job.RunAsync(new JobOptions { Parallelism = parallelism, Interpreted = interpreted, RestartStrategy = RestartStrategy.None },
            TestContext.Current.CancellationToken);
        return source.BytesPerRecord;
    }

    /// <summary>Ticks of a hundred keys, a millisecond apart; reads its thread's meter when the pipeline is warm and at the end.</summary>
    private sealed class MeteredSource : Source<Tick, int>
    {
        private const int Warm = 100_000;
        private const int Count = 600_000;

        public double BytesPerRecord { get; private set; }

        public override string Description => "ticks";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) => new([0]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<Tick> Open(int split, Offset offset, SourceContext context) => new Reader(this);

        private sealed class Reader(MeteredSource source) : ISplitReader<Tick>
        {
            private int _next;
            private long _bytesWhenWarm;

            public Offset Offset => new(_next);

            public ReadStatus Read(Batch<Tick> batch)
            {
                if (_next < Warm)
                {
                    _bytesWhenWarm = GC.GetAllocatedBytesForCurrentThread();
                }

                source.BytesPerRecord = (GC.GetAllocatedBytesForCurrentThread() - _bytesWhenWarm) / (double)(Count - Warm);
                for (; _next < Count && !batch.IsFull; _next++)
                {
                    batch.Add(new Tick(_next % 100, _next * 1000L, _next));
                }

                return _next == Count ? ReadStatus.End : ReadStatus.Available;
            }

            public void Dispose()
            {
            }
        }
    }

    private sealed class NoSink<T> : SinkWriter<T>, ISink<T>
    {
        public string Description => "nowhere";

        public ISinkWriter<T> Open(SinkContext context) => this;

        public override void Write(Batch<T> batch)
        {
        }
    }
}

/// <summary>A record without references.</summary>
public readonly record struct Tick(long Key, long Time, double Value);

/// <summary>A result without references.</summary>
public readonly record struct TickSum(long Key, int Count, double Sum);

internal static class AllocationPipelines
{
    [Pipeline]
    public static void Stateless(Job job, ISource<Tick> source, ISink<double> sink) => job
        .From(source)
        .Where(t => t.Value > 1)
        .Select(t => t.Value * 2)
        .To(sink);

    // More than a step makes of one batch.
    private static readonly double[] Factors = [.. Enumerable.Range(1, 40)];

    [Pipeline]
    public static void Expanded(Job job, ISource<Tick> source, ISink<double> sink) => job
        .From(source)
        .SelectMany(t => Factors)
        .Where(factor => factor > 3)
        .Rebalance()
        .To(sink);

    [Pipeline]
    public static void Running(Job job, ISource<Tick> source, ISink<double> sink) => job
        .From(source)
        .KeyBy(t => t.Key)
        .Aggregate(g => g.Sum(t => t.Value) + g.Last().Value)
        .To(sink);

    [Pipeline]
    public static void Windowed(Job job, ISource<Tick> source, ISink<TickSum> sink) => job
        .From(source)
        .WithEventTime(t => t.Time, TimeSpan.FromSeconds(1))
        .KeyBy(t => t.Key)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
        .Aggregate(g => new TickSum(g.Key, g.Count(), g.Sum(t => t.Value)))
        .To(sink);
}
