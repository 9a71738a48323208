using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Tests.Doubles;

namespace Weir.Databases.Tests.Doubles;

/// <summary>One subtask of a sink, driven by hand as its subtask would: each call has ended when it returns.</summary>
internal sealed class SinkProcess : IAsyncDisposable
{
    private readonly ISinkOperator _sink;
    private readonly Receiver<Row> _receiver;

    public SinkProcess(
        ITransactionalSink<Row> sink, string job, long attempt = 1, int subtask = 0, RunId run = default, TimeSpan? limit = null,
        bool beginsWithSavepoint = false)
    {
        var context = new SinkContext(job, "To-1", subtask, attempt, run, TimeProvider.System)
        {
            BeginsWithSavepoint = beginsWithSavepoint,
            CallTimeout = limit ?? TimeSpan.FromSeconds(20),
            Warn = Warnings.Add,
        };
        var subtaskContext = new SubtaskContext(TestJob.Context(job, new InlineWork()), subtask, 0, 1);
        (_sink, _receiver) = sink.Open(context).Accept(new Operators(sink.Description, subtaskContext));
        Attempt = attempt;
    }

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
            _receiver.OnBatch(batch);
            _sink.Poll();
        }
    }

    private sealed class Operators(string description, SubtaskContext context) : ISinkVisitor<Row, (ISinkOperator, Receiver<Row>)>
    {
        public (ISinkOperator, Receiver<Row>) Visit(SinkWriter<Row> writer) => throw new NotSupportedException("no transactions");

        public (ISinkOperator, Receiver<Row>) Visit<TTransaction>(TwoPhaseCommitSink<Row, TTransaction> sink)
        {
            var driver = new TransactionalSink<Row, TTransaction>(sink, "To-1", description, context);
            return (driver, driver);
        }
    }
}
