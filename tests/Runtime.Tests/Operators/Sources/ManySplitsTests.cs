using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Sources;

/// <summary>Sources of very many splits, of splits that appear, and of readers that lend nothing.</summary>
public sealed class ManySplitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_hundred_thousand_splits_cost_one_opening_each_and_few_are_known_at_a_time(int parallelism)
    {
        var source = new CountedSource(100_000);
        var sink = new MemorySink<int>();
        var job = new Job("many");
        job.From(source).WithEventTime(n => n, TimeSpan.Zero).Where(n => n % 1000 == 0).To(sink);
        var run = PipelineRun.Start(job, parallelism);
        var opened = 0;
        while (!run.IsExhausted)
        {
            run.Steps(1);
            Assert.InRange(source.Opened - opened, 0, 1);
            opened = source.Opened;
            Assert.InRange(source.Found - source.Opened, 0, 64 + (2 * CountedSource.AtOnce));
        }

        run.Finish(1);
        Assert.Equal(100_000, source.Opened);
        Assert.InRange(source.Searches, 1, 2 + (100_000 / CountedSource.AtOnce));
        Assert.Equal(Enumerable.Range(0, 100).Select(n => n * 1000), sink.Committed.Order());
    }

    [Fact]
    public void Each_record_comes_once_when_the_search_is_killed_and_restored_again_and_again()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var sink = new MemorySink<int>();
            var job = new Job("again");
            job.From(new CountedSource(300)).To(sink);
            PipelineRun? before = null;
            for (var attempt = 1; attempt < 6; attempt++)
            {
                var run = PipelineRun.Start(job, 1 + random.Next(3), seed, attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(150));
                run.Inject(attempt);
                Assert.True(run.StepUntil(() => run.Newest?.Id.Value == attempt));
                run.Steps(random.Next(50));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 6, restoreFrom: before, keyGroupCount: 128).Finish(6);
            Assert.Equal(Enumerable.Range(0, 300), sink.Committed.Order());
        }
    }

    [Fact]
    public void A_batch_that_was_lent_nothing_shows_nothing_of_the_one_before()
    {
        var sink = new MemorySink<int>();
        var job = new Job("lent");
        job.From(new LendingSource()).To(sink);
        PipelineRun.Start(job, batchCapacity: 4).Finish(1);
        Assert.Equal([1, 2, 3, 7, 8], sink.Committed);
    }

    /// <summary>Finds its splits a few at a time; a split is a number and holds that number.</summary>
    private sealed class CountedSource(int splits) : Source<int, int>
    {
        public const int AtOnce = 50;

        public int Found { get; private set; }

        public int Opened { get; private set; }

        public int Searches { get; private set; }

        public override string Description => "numbers";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, splits)]);

        public override ISplitDiscovery<int> Discover(SourceContext context, ReadOnlyMemory<byte> state) =>
            new Search(this, state.IsEmpty ? 0 : BitConverter.ToInt32(state.Span));

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<int> Open(int split, Offset offset, SourceContext context)
        {
            Opened++;
            return new One(split, offset.Value);
        }

        private sealed class Search(CountedSource source, int next) : ISplitDiscovery<int>
        {
            public ReadOnlyMemory<byte> State => BitConverter.GetBytes(next);

            public TimeSpan? AskAgainIn => next < source.Splits ? TimeSpan.Zero : null;

            public ValueTask<IReadOnlyList<int>> NextAsync(CancellationToken cancellation)
            {
                int[] found = [.. Enumerable.Range(next, Math.Min(AtOnce, source.Splits - next))];
                next += found.Length;
                source.Found += found.Length;
                source.Searches++;
                return ValueTask.FromResult<IReadOnlyList<int>>(found);
            }
        }

        private int Splits => splits;
    }

    private sealed class One(int value, long offset) : ISplitReader<int>
    {
        public Offset Offset { get; private set; } = new(offset);

        public ReadStatus Read(Batch<int> batch)
        {
            if (Offset.Value == 0)
            {
                batch.Add(value);
                Offset = new(1);
            }

            return ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Lends three records, then none, then adds two.</summary>
    private sealed class LendingSource : Source<int, int>
    {
        public override string Description => "lent numbers";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<int>>([0]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<int> Open(int split, Offset offset, SourceContext context) => new Reader();

        private sealed class Reader : ISplitReader<int>
        {
            private readonly int[] _lent = [1, 2, 3, 4];
            private int _reads;

            public Offset Offset => new(_reads);

            public ReadStatus Read(Batch<int> batch)
            {
                switch (_reads++)
                {
                    case 0:
                        batch.Lend(_lent, 0, 3);
                        return ReadStatus.Available;
                    case 1:
                        batch.Lend(_lent, 2, 0);
                        return ReadStatus.Available;
                    default:
                        batch.Add(7);
                        batch.Add(8);
                        return ReadStatus.End;
                }
            }

            public void Dispose()
            {
            }
        }
    }
}
