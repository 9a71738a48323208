namespace Weir.Execution.Tests.Pipelines;

/// <summary>Output that is far greater than the channels never lies in memory.</summary>
[Collection(Alone.Name)]
public sealed class ExpansionMemoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_record_that_becomes_fifty_million_needs_the_memory_of_the_channels(bool interpreted)
    {
        const int Count = 50_000_000;
        var sink = new SummingSink();
        var job = new Job("flood");
        ExpansionPipelines.Counted(job, new ListSource<int>([1]), sink, _ => Lazily(Count));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await job.RunAsync(
            new JobOptions { Parallelism = 2, Interpreted = interpreted, RestartStrategy = RestartStrategy.None },
                TestContext.Current.CancellationToken);
        Assert.Equal((Count, (long)Count * (Count - 1) / 2), (sink.Count, sink.Sum));
        Assert.InRange(sink.Most - before, long.MinValue, 32L << 20);
    }

    private static IEnumerable<long> Lazily(int count)
    {
        for (var i = 0L; i < count; i++)
        {
            yield return i;
        }
    }

    // Two subtasks write: each adds up on its own. Now and then it looks how much is alive.
    private sealed class SummingSink : ISink<long>
    {
        private readonly Lock _lock = new();

        public string Description => "a sum";

        public long Count { get; private set; }

        public long Sum { get; private set; }

        public long Most { get; private set; }

        public ISinkWriter<long> Open(SinkContext context) => new Writer(this);

        private sealed class Writer(SummingSink sink) : SinkWriter<long>
        {
            private int _batches;

            public override void Write(Batch<long> batch)
            {
                var sum = 0L;
                foreach (var value in batch.Values)
                {
                    sum += value;
                }

                lock (sink._lock)
                {
                    sink.Count += batch.Count;
                    sink.Sum += sum;
                    if (_batches++ % 2_000 == 0)
                    {
                        sink.Most = Math.Max(sink.Most, GC.GetTotalMemory(forceFullCollection: true));
                    }
                }
            }

            public override ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
        }
    }
}
