namespace Weir.Runtime.Tests.Running;

/// <summary>
/// A job that fails in the middle of what one record became: the record is replayed whole, and nothing of it is visible twice.
/// </summary>
public sealed class ExpansionRecoveryTests
{
    private const int Records = 6;
    private const int Each = 1_000_000;
    private int _opened;
    private int _closed;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, (2 * Each) - 5)]
    [InlineData(2, (3 * Each) + 12_345)]
    public async Task A_sink_that_throws_in_the_middle_of_an_expansion_costs_a_replay_and_no_record(int parallelism, int failsAt)
    {
        var sink = new SummingSink { FailsAt = failsAt };
        var job = new Job("flood");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, Records).Select(n => new[] { n })])).SelectMany(Made).Where(n => n >= 0)
            .Rebalance().To(sink);
        var result = await job.RunAsync(
            new JobOptions
            {
                Parallelism = parallelism,
                BatchCapacity = 512,
                CheckpointInterval = TimeSpan.FromMilliseconds(20),
                RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.Zero),
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, result.Restarts);
        const long Count = (long)Records * Each;
        Assert.Equal((Count, Count * (Count - 1) / 2), sink.Visible);

        // Every sequence that was begun has been disposed, those of the failed attempt too.
        Assert.InRange(_opened, Records + 1, 2 * Records);
        Assert.Equal(_opened, _closed);
    }

    private IEnumerable<int> Made(int n)
    {
        Interlocked.Increment(ref _opened);
        try
        {
            for (var i = 0; i < Each; i++)
            {
                yield return (n * Each) + i;
            }
        }
        finally
        {
            Interlocked.Increment(ref _closed);
        }
    }

    private sealed class SummingSink : ISink<int>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, (long Count, long Sum)> _preCommitted = [];
        private readonly HashSet<string> _committed = [];
        private int _written;

        public required int FailsAt { get; init; }

        public string Description => "sums in memory";

        public (long Count, long Sum) Visible
        {
            get
            {
                var sums = _committed.Select(name => _preCommitted[name]).ToList();
                return (sums.Sum(sum => sum.Count), sums.Sum(sum => sum.Sum));
            }
        }

        public ISinkWriter<int> Open(SinkContext context) => new Writer(this, $"{context.Attempt}.{context.Subtask}");

        private void OnWrite(int count)
        {
            var before = Interlocked.Add(ref _written, count) - count;
            if (before < FailsAt && before + count >= FailsAt)
            {
                throw new IOException("the disk is gone");
            }
        }

        private sealed class Writer(SummingSink sink, string name) : TwoPhaseCommitSink<int, string>
        {
            private readonly Dictionary<string, (long Count, long Sum)> _open = [];
            private int _begun;

            public override Codec<string> TransactionCodec => Codecs.Of<string>();

            public override string Begin()
            {
                var transaction = $"{name}.{_begun++}";
                _open[transaction] = default;
                return transaction;
            }

            public override void Write(string transaction, Batch<int> batch)
            {
                sink.OnWrite(batch.Count);
                var (count, sum) = _open[transaction];
                foreach (var value in batch.Values)
                {
                    sum += value;
                }

                _open[transaction] = (count + batch.Count, sum);
            }

            public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
            {
                lock (sink._lock)
                {
                    sink._preCommitted[transaction] = _open[transaction];
                }

                return ValueTask.FromResult(transaction);
            }

            public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
            {
                lock (sink._lock)
                {
                    sink._committed.Add(transaction);
                }

                return ValueTask.CompletedTask;
            }

            public override ValueTask AbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;
        }
    }
}
