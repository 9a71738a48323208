using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sinks;

namespace Weir.Runtime.Tests.Operators.Sinks;

/// <summary>A two-phase sink that sends records on in the background: writes go on meanwhile, and no thread waits.</summary>
public sealed class BacklogTests
{
    private readonly InlineWork _work = new(isHeld: true);
    private readonly SlowWriter _writer = new();
    private TransactionalSink<string, string> _sink;

    public BacklogTests() => _sink = Sink(_writer);

    [Fact]
    public void Records_are_sent_on_while_others_are_written()
    {
        Write("1", "2");
        Assert.True(_sink.MayWrite);
        Write("3");
        Assert.Empty(_writer.Log);
        Run();
        Assert.Equal(["drain t1: 1 2 3"], _writer.Log);
    }

    [Fact]
    public void A_full_sink_takes_nothing_until_a_piece_has_been_sent()
    {
        Write("1", "2", "3", "4");
        Assert.False(_sink.MayWrite);
        Run();
        Assert.True(_sink.MayWrite);
        Assert.Equal(["drain t1: 1 2 3 4"], _writer.Log);
    }

    [Fact]
    public void One_piece_is_sent_at_a_time_and_the_next_when_there_is_enough_again()
    {
        Write("1", "2");
        Write("3", "4");
        _sink.Poll();
        _sink.Poll();
        Run();
        Write("5");
        Run();
        Assert.Equal(["drain t1: 1 2 3 4"], _writer.Log);
        Write("6");
        Run();
        Assert.Equal(["drain t1: 1 2 3 4", "drain t1: 5 6"], _writer.Log);
    }

    [Fact]
    public void What_waits_at_the_barrier_goes_with_its_own_transaction_and_before_the_next()
    {
        Write("1", "2");
        Barrier(1);
        Write("3", "4");
        Run();
        Run();
        Assert.Equal(["drain t1: 1 2", "pre-commit t1: ", "drain t2: 3 4"], _writer.Log);
    }

    [Fact]
    public void Too_few_for_a_piece_go_with_the_pre_commit()
    {
        Write("1");
        Barrier(1);
        Run();
        Assert.Equal(["pre-commit t1: 1"], _writer.Log);
    }

    [Fact]
    public void A_piece_that_cannot_be_sent_fails_the_attempt_by_name()
    {
        _writer.Failure = new IOException("line cut");
        Write("1", "2");
        _work.Release();
        var failure = Assert.Throws<OperatorException>(() => _sink.Poll());
        Assert.Equal(
            "Operator 'To-1' of job 'j' failed in subtask 0, sending records into a slow place: line cut", failure.Message);
    }

    [Fact]
    public void A_commit_waits_for_records_that_are_being_sent()
    {
        SendBehindACommit();
        _work.Release();
        Assert.Equal(["pre-commit t1: 1", "drain t2: 2 3"], _writer.Log);
        Run();
        Assert.Equal("commit t1", _writer.Log[^1]);
    }

    [Fact]
    public void A_commit_goes_beside_records_that_wait_for_its_locks_if_the_sink_says_so()
    {
        var writer = new SlowWriter { CommitsWhileSending = true };
        _sink = Sink(writer);
        SendBehindACommit();
        _work.ReleaseLast();
        _sink.Poll();
        Assert.Equal(["pre-commit t1: 1", "commit t1"], writer.Log);
        Assert.True(_sink.IsCommitted(new CheckpointId(1)));
        Run();
        Assert.Equal("drain t2: 2 3", writer.Log[^1]);
    }

    [Fact]
    public async Task A_sink_is_closed_when_neither_a_commit_nor_records_are_under_way_any_more()
    {
        var writer = new SlowWriter { CommitsWhileSending = true };
        _sink = Sink(writer);
        SendBehindACommit();
        await _sink.DisposeAsync();
        Assert.False(writer.IsDisposed);
        _work.ReleaseLast();
        Assert.False(writer.IsDisposed);
        _work.Release();
        Assert.True(writer.IsDisposed);
    }

    // Records are being sent when the transaction before them is to be committed.
    private void SendBehindACommit()
    {
        Write("1");
        Barrier(1);
        Run();
        Write("2", "3");
        _sink.Commit(new CheckpointId(1));
    }

    private TransactionalSink<string, string> Sink(SlowWriter writer)
    {
        var sink = new TransactionalSink<string, string>(
            writer, "To-1", "a slow place", new SubtaskContext(TestJob.Context("j", _work), 0, 0, 1));
        sink.Open();
        return sink;
    }

    private void Write(params string[] values)
    {
        var batch = new Batch<string>();
        foreach (var value in values)
        {
            batch.Add(value);
        }

        _sink.OnBatch(batch);
        _sink.Poll();
    }

    private void Barrier(long checkpoint) =>
        _sink.OnBarrier(new Weir.Runtime.Streams.Barrier(new CheckpointName(1, new CheckpointId(checkpoint)), IsFinal: false));

    private void Run()
    {
        _work.Release();
        _sink.Poll();
        _work.Release();
        _sink.Poll();
    }

    /// <summary>Two records are worth sending, and four are all it holds.</summary>
    private sealed class SlowWriter : TwoPhaseCommitSink<string, string>
    {
        private readonly Dictionary<string, List<string>> _open = [];
        private string _current = "";

        public List<string> Log { get; } = [];

        public Exception? Failure { get; set; }

        public bool CommitsWhileSending { get; init; }

        public bool IsDisposed { get; private set; }

        public override bool MayCommitWhileSending => CommitsWhileSending;

        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override bool HasBacklog => _open[_current].Count >= 2;

        public override bool IsFull => _open[_current].Count >= 4;

        public override string Begin()
        {
            _current = $"t{_open.Count + 1}";
            _open.Add(_current, []);
            return _current;
        }

        public override void Write(string transaction, Batch<string> batch) => _open[transaction].AddRange(batch.Values);

        public override ValueTask DrainAsync(string transaction, CancellationToken cancellation)
        {
            Send("drain", transaction);
            return ValueTask.CompletedTask;
        }

        public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            Send("pre-commit", transaction);
            return ValueTask.FromResult(transaction);
        }

        public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            Log.Add($"commit {transaction}");
            return ValueTask.CompletedTask;
        }

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }

        private void Send(string how, string transaction)
        {
            Log.Add($"{how} {transaction}: {string.Join(' ', _open[transaction])}");
            _open[transaction].Clear();
            if (Failure is { } failure)
            {
                throw failure;
            }
        }
    }
}
