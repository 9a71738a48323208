using Weir.PostgreSql.Transactions;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.State;
using Weir.Runtime.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Doubles;

/// <summary>One subtask of a sink, driven by hand as its subtask would: each call has ended when it returns.</summary>
internal sealed class SinkProcess : IAsyncDisposable
{
    private readonly TransactionalSink<Row, PostgresTransaction> _sink;

    public SinkProcess(
        ITransactionalSink<Row> sink, string job, long attempt = 1, int subtask = 0, RunId run = default, TimeSpan? limit = null)
    {
        var context = new SinkContext(job, "To-1", subtask, attempt, run, TimeProvider.System)
        {
            CallTimeout = limit ?? TimeSpan.FromSeconds(20),
            Warn = Warnings.Add,
        };
        Writer = (TwoPhaseCommitSink<Row, PostgresTransaction>)sink.Open(context);
        _sink = new TransactionalSink<Row, PostgresTransaction>(
            Writer, "To-1", sink.Description, new SubtaskContext(TestJob.Context(job, new InlineWork()), subtask, 0, 1));
        Attempt = attempt;
    }

    public TwoPhaseCommitSink<Row, PostgresTransaction> Writer { get; }

    public long Attempt { get; }

    public List<string> Warnings { get; } = [];

    /// <summary>Recovers, from states or from nothing, and begins.</summary>
    public async Task<SinkProcess> StartAsync(params OperatorState[] states)
    {
        foreach (var state in states)
        {
            _sink.Restore(state);
        }

        await _sink.RecoverAsync(CancellationToken.None);
        await _sink.CleanUpAsync(new RecoveryContext(null, []), CancellationToken.None);
        _sink.Open();
        return this;
    }

    public void Write(params IEnumerable<Row> rows)
    {
        var batch = new Batch<Row>();
        foreach (var row in rows)
        {
            batch.Add(row);
            if (batch.IsFull)
            {
                Send(batch);
                batch = new Batch<Row>();
            }
        }

        Send(batch);
    }

    public void Write(params IEnumerable<long> ids) => Write(ids.Select(Row.Of));

    public OperatorState Snapshot(long checkpoint, bool isFinal = false)
    {
        var id = new CheckpointId(checkpoint);
        _sink.OnBarrier(new Weir.Runtime.Streams.Barrier(new CheckpointName(Attempt, id), isFinal));
        _sink.Poll();
        Assert.True(_sink.IsPreCommitted(id));
        var writer = new OperatorStateWriter(_sink.Id);
        _sink.Snapshot(id, writer);
        return writer.ToState();
    }

    public void Complete(long checkpoint)
    {
        var id = new CheckpointId(checkpoint);
        _sink.Commit(id);
        _sink.Poll();
        Assert.True(_sink.IsCommitted(id));
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    private void Send(Batch<Row> batch)
    {
        if (batch.Count > 0)
        {
            _sink.OnBatch(batch);
            _sink.Poll();
        }
    }
}
