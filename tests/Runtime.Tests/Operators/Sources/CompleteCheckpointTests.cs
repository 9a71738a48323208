using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Sources;

/// <summary>What readers hear of complete checkpoints, by scripts.</summary>
public sealed class CompleteCheckpointTests
{
    private readonly ConfirmedSource _source = new(1000);
    private readonly MemorySink<int> _sink = new();
    private readonly Job _job = new("confirmed");

    public CompleteCheckpointTests() => _job.From(_source).To(_sink);

    [Fact]
    public void R12_A_reader_is_told_of_a_complete_checkpoint_with_the_offset_that_it_holds()
    {
        var run = PipelineRun.Start(_job, batchCapacity: 8);
        Cut(run, 1);
        Cut(run, 2);
        Assert.Empty(_source.Confirmed);
        Complete(run, 1);
        var first = _sink.Committed.Count;
        Complete(run, 2);
        Assert.True(_sink.Committed.Count > first && first > 0);
        Assert.Equal([(1, first), (2, _sink.Committed.Count)], _source.Confirmed);
    }

    [Fact]
    public void R12_A_message_that_is_lost_or_comes_late_is_covered_by_the_next()
    {
        var run = PipelineRun.Start(_job, batchCapacity: 8);
        Cut(run, 1);
        Cut(run, 2);
        Complete(run, 2);
        Complete(run, 1);
        Complete(run, 2);
        Assert.Equal([(2, _sink.Committed.Count)], _source.Confirmed);
    }

    [Fact]
    public void G2_Nothing_is_told_of_a_checkpoint_that_was_given_up()
    {
        var run = PipelineRun.Start(_job, batchCapacity: 8);
        Cut(run, 1);
        run.Forget(1);
        Cut(run, 2);
        Complete(run, 1);
        Assert.Empty(_source.Confirmed);
        Complete(run, 2);
        Assert.Equal([(2, _sink.Committed.Count)], _source.Confirmed);
    }

    [Fact]
    public void A_split_that_has_been_read_to_its_end_is_told_nothing()
    {
        var run = PipelineRun.Start(_job);
        Cut(run, 1);
        Assert.True(run.StepUntil(() => run.IsExhausted));
        Complete(run, 1);
        run.Finish(2);
        Assert.Empty(_source.Confirmed);
        Assert.Equal(1000, _sink.Committed.Count);
    }

    [Fact]
    public void A_split_that_has_ended_for_now_is_told_of_the_last_checkpoint_and_read_on_by_the_next_run()
    {
        _source.EndsForNow = true;
        var run = PipelineRun.Start(_job);
        run.Finish(1);
        Assert.Equal([(1, 1000)], _source.Confirmed);
        _source.Count = 1200;
        PipelineRun.Start(_job, attempt: 2, restoreFrom: run).Finish(2);
        Assert.Equal([(1, 1000), (2, 1200)], _source.Confirmed);
        Assert.Equal(Enumerable.Range(0, 1200), _sink.Committed.Order());
    }

    [Fact]
    public void A_restored_reader_is_told_of_the_next_checkpoint_and_its_offset_keeps_what_it_says_within_a_place()
    {
        var run = PipelineRun.Start(_job, batchCapacity: 8);
        Cut(run, 1);
        Complete(run, 1);
        Assert.NotEqual(0, Assert.Single(_source.Confirmed).Position % 7);
        run = PipelineRun.Start(_job, attempt: 2, restoreFrom: run, batchCapacity: 8);
        run.Finish(2);
        Assert.Equal(Enumerable.Range(0, 1000), _sink.Committed.Order());
    }

    [Fact]
    public void A_reader_that_cannot_confirm_is_named()
    {
        _source.Fails = true;
        var run = PipelineRun.Start(_job, batchCapacity: 8);
        Cut(run, 1);
        var failure = Assert.Throws<OperatorException>(() => Complete(run, 1));
        Assert.Contains("confirming split '0' up to offset ", failure.Message, StringComparison.Ordinal);
    }

    private static void Cut(PipelineRun run, long checkpoint)
    {
        run.Steps(12);
        run.Inject(checkpoint);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint));
    }

    private static void Complete(PipelineRun run, long checkpoint)
    {
        run.Complete(checkpoint);
        run.StepUntil(() => run.HasCommitted(checkpoint));
        run.Steps(3);
    }

    /// <summary>Numbers in blocks of seven: an offset is a block, and how many of it were delivered.</summary>
    private sealed class ConfirmedSource(int count) : Source<int, int>
    {
        public List<(long Checkpoint, long Position)> Confirmed { get; } = [];

        public bool Fails { get; set; }

        public bool EndsForNow { get; set; }

        public int Count { get; set; } = count;

        public override string Description => "numbers in blocks";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<int>>([0]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<int> Open(int split, Offset offset, SourceContext context) =>
            new Reader(this, (int)PositionOf(offset));

        private static long PositionOf(Offset offset) => (offset.Value * 7) + offset.Within;

        private sealed class Reader(ConfirmedSource source, int next) : ISplitReader<int>
        {
            public Offset Offset => new(next / 7) { Within = next % 7 };

            public ReadStatus Read(Batch<int> batch)
            {
                while (next < source.Count && !batch.IsFull)
                {
                    batch.Add(next++);
                }

                return next < source.Count ? ReadStatus.Available : source.EndsForNow ? ReadStatus.EndForNow : ReadStatus.End;
            }

            public void OnCheckpointComplete(CheckpointId checkpoint, Offset offset)
            {
                if (source.Fails)
                {
                    throw new IOException("gone");
                }

                source.Confirmed.Add((checkpoint.Value, PositionOf(offset)));
            }

            public void Dispose()
            {
            }
        }
    }
}
