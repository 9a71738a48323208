using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>The life of subtasks under checkpoints: cut, pre-committed, acknowledged, committed, ended.</summary>
public sealed class SubtaskTests
{
    private readonly MemorySink<int> _sink = new();
    private readonly Job _job = new("j");

    [Fact]
    public void While_a_sink_pre_commits_the_next_records_are_processed()
    {
        Numbers(100).To(_sink);
        var work = new InlineWork(isHeld: true);
        var run = PipelineRun.Start(_job, work: work);
        run.Steps(3);
        run.Inject(1);
        run.Steps(3);

        Assert.Equal(24, run.Subtasks[0].Counters.RecordsOut);
        Assert.Empty(run.Reports.OfType<SubtaskReport.Acknowledged>());
        work.Release();
        run.Steps(1);
        Assert.Single(run.Reports.OfType<SubtaskReport.Acknowledged>());
        run.Complete(1);
        run.Steps(1);
        work.Release();
        run.Steps(1);
        Assert.Equal(Enumerable.Range(0, 12), _sink.Committed);
    }

    [Fact]
    public void A_pre_commit_that_fails_fails_the_job_and_names_the_sink()
    {
        Numbers(10).To(_sink);
        _sink.PreCommitFailure = new IOException("disk full");
        var run = PipelineRun.Start(_job);
        run.Inject(1);
        var failure = Assert.Throws<OperatorException>(() => run.Steps(5));
        Assert.Equal("Operator 'To-1' of job 'j' failed in subtask 0, pre-committing chk-1 into a list in memory: disk full",
            failure.Message);
    }

    [Fact]
    public void A_declined_checkpoint_is_committed_with_the_next_one()
    {
        Numbers(30).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Steps(2);
        run.Inject(1);
        run.Forget(1);
        run.Steps(3);
        run.Inject(2);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == 2));
        Assert.Empty(_sink.Committed);
        run.Complete(2);
        run.Steps(3);
        Assert.Equal(Enumerable.Range(0, 20), _sink.Committed);
        Assert.True(run.HasCommitted(2));
    }

    [Fact]
    public void Completion_is_reported_by_every_subtask_also_when_it_is_told_again()
    {
        Numbers(40).Rebalance().To(_sink);
        var run = PipelineRun.Start(_job, 2);
        run.Inject(1);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == 1));
        run.Complete(1);
        run.Complete(1);
        Assert.True(run.StepUntil(() => run.Reports.OfType<SubtaskReport.Committed>().Count() == 2 * run.Subtasks.Count));
        run.Complete(1);
        Assert.True(run.StepUntil(() => run.Reports.OfType<SubtaskReport.Committed>().Count() == 3 * run.Subtasks.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_subtask_ends_only_when_the_final_checkpoint_has_been_committed_and_a_failed_one_is_repeated(int parallelism)
    {
        Numbers(20).Rebalance().Select(n => n).To(_sink);
        var run = PipelineRun.Start(_job, parallelism);
        Assert.True(run.StepUntil(() => run.IsExhausted));
        run.Inject(1, isFinal: true);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == 1));
        run.Forget(1);
        run.Steps(20);
        Assert.False(run.IsDone);
        run.Inject(2, isFinal: true);
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == 2));
        Assert.Empty(_sink.Committed);
        run.Complete(2);
        Assert.True(run.StepUntil(() => run.IsDone));
        Assert.Equal(Enumerable.Range(0, 20), _sink.Committed.Order());
        Assert.Empty(_sink.Unfinished);
    }

    [Fact]
    public void Restored_at_the_end_of_all_splits_a_source_is_exhausted_at_once()
    {
        Numbers(20).To(_sink);
        var first = PipelineRun.Start(_job);
        Assert.True(first.StepUntil(() => first.IsExhausted));
        first.Inject(1, isFinal: true);
        Assert.True(first.StepUntil(() => first.Newest?.Id.Value == 1));

        var second = PipelineRun.Start(_job, attempt: 2, restoreFrom: first);
        Assert.Equal(20, _sink.Committed.Count);
        second.Steps(1);
        Assert.True(second.IsExhausted);
        second.Finish(2);
        Assert.Equal(0, second.Subtasks[0].Counters.RecordsIn);
        Assert.Equal(Enumerable.Range(0, 20), _sink.Committed);
    }

    [Fact]
    public void A_split_that_the_source_does_not_know_is_refused_by_name()
    {
        _job.From(new MemorySource<int>([1], [2])).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Inject(1);
        run.StepUntil(() => run.Newest is not null);
        var other = new Job("j");
        other.From(new MemorySource<int>([1])).To(_sink);
        var failure = Assert.Throws<PlanException>(() => PipelineRun.Start(other, restoreFrom: run));
        Assert.Equal(
            "Operator 'From-1': the checkpoint holds the split '1', which lists in memory does not read: there are only 1 lists.",
            failure.Message);
    }

    [Theory]
    [InlineData("Where-1")]
    [InlineData("Select-1")]
    [InlineData("WithEventTime-1")]
    [InlineData("Aggregate-1")]
    public void A_function_that_throws_is_named_by_the_operator_it_belongs_to(string id)
    {
        int Check(int n, string at) => n == 7 && at == id ? throw new BadRecordException() : n;
        Numbers(10).Where(n => Check(n, "Where-1") >= 0).Select(n => Check(n, "Select-1"))
            .WithEventTime(n => (long)Check(n, "WithEventTime-1"), TimeSpan.Zero)
            .KeyBy(n => n).Window(Tumbling.Of(TimeSpan.FromMicroseconds(1))).Aggregate(g => Check(g.Key, "Aggregate-1")).To(_sink);
        var failure = Assert.Throws<OperatorException>(() => PipelineRun.Start(_job).Finish(1));
        Assert.Equal(id, failure.OperatorId);
        Assert.StartsWith($"Operator '{id}' of job 'j' failed in subtask 0, ", failure.Message, StringComparison.Ordinal);
        Assert.IsType<IPermanentFailure>(failure.InnerException, exactMatch: false);
    }

    [Fact]
    public void A_sink_without_transactions_is_flushed_before_the_checkpoint_is_acknowledged_and_not_written_meanwhile()
    {
        var writer = new FlushingSink();
        Numbers(100).To(writer);
        var work = new InlineWork(isHeld: true);
        var run = PipelineRun.Start(_job, work: work);
        run.Steps(2);
        run.Inject(1);
        run.Steps(5);
        Assert.Empty(run.Reports);

        // The batch that came with the step of the barrier, and none after.
        Assert.Equal(0, writer.Flushed);
        var written = writer.Written;
        run.Steps(5);
        Assert.Equal(written, writer.Written);
        work.Release();
        run.Steps(2);
        Assert.Equal(written, writer.Flushed);
        Assert.Single(run.Reports.OfType<SubtaskReport.Acknowledged>());
        Assert.True(writer.Written > written);
    }

    [Fact]
    public void A_sink_that_waits_for_each_decision_gets_records_between_any_two_checkpoints_however_many_are_under_way()
    {
        _sink.MayWriteWhilePending = false;
        Numbers(30).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Steps(1);
        Enumerable.Range(1, 8).ToList().ForEach(id => run.Inject(id));
        for (var id = 1; id <= 8; id++)
        {
            Assert.True(run.StepUntil(() => run.Newest?.Id.Value == id), $"Checkpoint {id} is never acknowledged.");
            run.Steps(5);
            Assert.Equal(id, run.Newest!.Value.Id.Value);
            run.Complete(id);
        }

        run.Steps(5);
        Assert.Equal(Enumerable.Range(0, 30), _sink.Committed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sink_that_waits_for_each_decision_gets_records_behind_a_full_channel_though_checkpoints_are_always_due(int capacity)
    {
        const int Records = 300;
        _sink.MayWriteWhilePending = false;
        Numbers(Records).Rebalance().To(_sink);
        var run = PipelineRun.Start(_job, parallelism: 2, channelCapacity: capacity);
        var (injected, completed) = (0, 0);
        while (_sink.Committed.Count < Records && completed < Records)
        {
            while (injected < completed + 3)
            {
                run.Inject(++injected);
            }

            completed++;
            Assert.True(run.StepUntil(() => run.Newest?.Id.Value >= completed), $"Checkpoint {completed} is never acknowledged.");
            run.Complete(completed);
        }

        Assert.Equal(Enumerable.Range(0, Records), _sink.Committed.Order());
    }

    [Fact]
    public void A_sink_that_waits_for_a_decision_does_not_take_that_about_another_checkpoint_for_it()
    {
        _sink.MayWriteWhilePending = false;
        Numbers(30).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Steps(2);
        run.Inject(1);
        run.Inject(2);
        run.Steps(3);
        run.Forget(2);
        run.Steps(5);
        Assert.Single(_sink.Log, line => line.StartsWith("begin", StringComparison.Ordinal));
        run.Forget(1);
        run.Steps(5);
        Assert.Equal(2, _sink.Log.Count(line => line.StartsWith("begin", StringComparison.Ordinal)));
        Assert.Single(run.Reports.OfType<SubtaskReport.Acknowledged>());
    }

    private Stream<int> Numbers(int count) => _job.From(new MemorySource<int>([.. Enumerable.Range(0, count)]));

    private sealed class BadRecordException : Exception, IPermanentFailure;

    private sealed class FlushingSink : SinkWriter<int>, ISink<int>
    {
        public string Description => "a counter";

        public int Written { get; private set; }

        public int Flushed { get; private set; }

        public ISinkWriter<int> Open(SinkContext context) => this;

        public override void Write(Batch<int> batch) => Written += batch.Count;

        public override ValueTask FlushAsync(CancellationToken cancellation)
        {
            Flushed = Written;
            return ValueTask.CompletedTask;
        }
    }
}
