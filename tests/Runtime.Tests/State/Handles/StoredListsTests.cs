using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.State.Handles;

/// <summary>Lists that the user's own sources and sinks keep in a subtask.</summary>
public sealed class StoredListsTests
{
    private const int Splits = 4;
    private const int Each = 100;

    [Theory]
    [InlineData(Redistribution.Split)]
    [InlineData(Redistribution.Union)]
    public void H3_Lists_of_a_source_go_from_one_subtask_to_three_and_to_two(Redistribution redistribution)
    {
        var source = new ListingSource(redistribution);
        var job = new Job("sources");
        job.From(source).To(new MemorySink<int>());
        Rescale(job, source.Seen, redistribution);
    }

    [Theory]
    [InlineData(Redistribution.Split, true)]
    [InlineData(Redistribution.Split, false)]
    [InlineData(Redistribution.Union, true)]
    [InlineData(Redistribution.Union, false)]
    public void H3_Lists_of_a_sink_go_from_one_subtask_to_three_and_to_two(Redistribution redistribution, bool isTransactional)
    {
        var sink = new ListingSink(redistribution, isTransactional);
        var job = new Job("sinks");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, Splits).Select(split =>
            (IReadOnlyList<int>)[.. Enumerable.Range(split * Each, Each)])])).To(sink);
        Rescale(job, sink.Seen, redistribution);
    }

    [Fact]
    public void A_list_is_the_same_at_each_call_and_refused_as_another_or_too_late()
    {
        var source = new ListingSource(Redistribution.Split);
        var job = new Job("refused");
        job.From(source).To(new MemorySink<int>());
        source.AtOpen = static context => context.ListState<string>("seen");
        var other = Assert.Throws<OperatorException>(() => PipelineRun.Start(job).Finish(1));
        Assert.Contains("is asked for as a list of String by Split, and was asked for as another", other.Message, StringComparison.Ordinal);
        source.AtOpen = static context => context.ListState<int>("more");
        var late = Assert.Throws<OperatorException>(() => PipelineRun.Start(job).Finish(1));
        Assert.Contains("is asked for too late", late.Message, StringComparison.Ordinal);
        Assert.Contains("Ask for it in Declare.", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_holds_a_list_as_of_its_barrier_whatever_is_written_until_the_sink_has_pre_committed()
    {
        var work = new InlineWork(isHeld: true);
        var job = TestJob.Context("j", work);
        var lists = new StoredLists("to", "when the writer is opened", job.Seed);
        var seen = lists.Open<int>("seen", Redistribution.Split, []);
        var sink = new TransactionalSink<int, string>(
            new ListingSink.Transactions(seen), "to", "lists", new SubtaskContext(job, 0, 0, 1), lists);
        sink.Open();
        Write(7);
        sink.OnBarrier(new Weir.Runtime.Streams.Barrier(new CheckpointName(1, new CheckpointId(1)), IsFinal: false));
        Write(8);
        work.Release();
        sink.Poll();
        work.Release();
        sink.Poll();
        Assert.True(sink.IsPreCommitted(new CheckpointId(1)));
        var writer = new OperatorStateWriter("to");
        sink.Snapshot(new CheckpointId(1), writer);
        Assert.Equal(7, Codecs.Of<int>().Decode(Assert.Single(writer.ToState().StateItems).Bytes));

        void Write(int value)
        {
            var batch = new Batch<int>(4);
            batch.Add(value);
            sink.OnBatch(batch);
        }
    }

    [Fact]
    public void A_list_is_not_for_the_background()
    {
        var source = new ListingSource(Redistribution.Split);
        var job = new Job("background");
        job.From(source).To(new MemorySink<int>());
        PipelineRun.Start(job).Finish(1);
        var failure = Assert.Throws<InvalidOperationException>(() => source.Seen[^1].Add(1));
        Assert.Contains("is used outside of a call on the thread of its subtask", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_a_test_makes_holds_lists_in_memory()
    {
        var context = new SourceContext("from", 1, TimeProvider.System, static _ => { });
        context.ListState<int>("seen").Add(1);
        Assert.Equal(1, Assert.Single(context.ListState<int>("seen")));
    }

    // Each item is the number of a record. Lists are looked at when they have been restored and nobody has used them yet.
    private static void Rescale(Job job, List<OperatorListState<int>> seen, Redistribution redistribution)
    {
        var run = Cut(PipelineRun.Start(job, 1, batchCapacity: 4, keyGroupCount: 128), 1);
        var items = 0;
        foreach (var (parallelism, checkpoint) in new[] { (3, 2), (2, 3), (2, 4) })
        {
            seen.Clear();
            run = PipelineRun.Start(
                job, parallelism, attempt: checkpoint, restoreFrom: run, batchCapacity: 4, keyGroupCount: 128);
            Assert.Equal(parallelism, seen.Count);
            var all = seen.SelectMany(static list => list).ToList();
            Assert.True(all.Distinct().Count() > items, "nothing was added, or all was lost");
            items = all.Distinct().Count();
            if (redistribution == Redistribution.Union)
            {
                Assert.All(seen, list => Assert.Equal(seen[0], list));
                seen.ForEach(static list => list.Replace(list.Distinct()));
            }
            else
            {
                Assert.Equal(items, all.Count);
                Assert.InRange(seen.Max(static list => list.Count) - seen.Min(static list => list.Count), 0, checkpoint == 4 ? 100 : 1);
            }

            if (checkpoint < 4)
            {
                run = Cut(run, checkpoint);
            }
        }
    }

    private static PipelineRun Cut(PipelineRun run, long checkpoint)
    {
        run.Steps(15);
        run.Inject(checkpoint);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint));
        return run;
    }

    private sealed class ListingSource(Redistribution redistribution) : Source<int, int>
    {
        public List<OperatorListState<int>> Seen { get; } = [];

        public Action<SourceContext> AtOpen { get; set; } = static _ => { };

        public override string Description => "numbers";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override void Declare(SourceContext context) => Seen.Add(context.ListState<int>("seen", redistribution));

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, Splits)]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<int> Open(int split, Offset offset, SourceContext context)
        {
            AtOpen(context);
            return new Reader(split * Each, (int)offset.Value, context.ListState<int>("seen", redistribution));
        }

        private sealed class Reader(int first, int next, OperatorListState<int> seen) : ISplitReader<int>
        {
            public Offset Offset => new(next);

            public ReadStatus Read(Batch<int> batch)
            {
                while (next < Each && !batch.IsFull)
                {
                    seen.Add(first + next);
                    batch.Add(first + next++);
                }

                return next == Each ? ReadStatus.End : ReadStatus.Available;
            }

            public void Dispose()
            {
            }
        }
    }

    private sealed class ListingSink(Redistribution redistribution, bool isTransactional) : ISink<int>
    {
        public List<OperatorListState<int>> Seen { get; } = [];

        public string Description => "lists";

        public ISinkWriter<int> Open(SinkContext context)
        {
            var seen = context.ListState<int>("seen", redistribution);
            Seen.Add(seen);
            return isTransactional ? new Transactions(seen) : new Direct(seen);
        }

        private sealed class Direct(OperatorListState<int> seen) : SinkWriter<int>
        {
            public override void Write(Batch<int> batch)
            {
                foreach (var record in batch.Values)
                {
                    seen.Add(record);
                }
            }
        }

        internal sealed class Transactions(OperatorListState<int> seen) : TwoPhaseCommitSink<int, string>
        {
            public override Codec<string> TransactionCodec => Codecs.Of<string>();

            public override string Begin() => $"{seen.Count}";

            public override void Write(string transaction, Batch<int> batch)
            {
                foreach (var record in batch.Values)
                {
                    seen.Add(record);
                }
            }

            public override ValueTask<string> PreCommitAsync(
                string transaction, CheckpointName checkpoint, CancellationToken cancellation) => ValueTask.FromResult(transaction);

            public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
                ValueTask.CompletedTask;

            public override ValueTask AbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;
        }
    }
}
