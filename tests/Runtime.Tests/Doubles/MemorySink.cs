namespace Weir.Runtime.Tests.Doubles;

/// <summary>
/// A two-phase sink over lists. It outlives the subtasks, as the world does: what a later attempt may see is only what was pre-committed.
/// </summary>
internal sealed class MemorySink<T> : ISink<T>
{
    private readonly Dictionary<string, List<T>> _transactions = [];
    private readonly Dictionary<string, T[]> _preCommitted = [];
    private readonly HashSet<string> _finished = [];
    private readonly Lock _lock = new();
    private int _begun;

    public string Description => "a list in memory";

    /// <summary>What is visible, in the order of commits.</summary>
    public List<T> Committed { get; } = [];

    /// <summary>What is visible, in order of value.</summary>
    public IEnumerable<T> Visible => Committed.Order();

    /// <summary>What happened, a word each.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What begins the names of its transactions: two sinks that a savepoint moves between must not have the same.</summary>
    public string Prefix { get; init; } = "t";

    /// <summary>Whether it may be written to between a pre-commit and the decision.</summary>
    public bool MayWriteWhilePending { get; set; } = true;

    /// <summary>What happens before each commit.</summary>
    public Action? BeforeCommit { get; set; }

    public Exception? CommitFailure { get; set; }

    public Exception? PreCommitFailure { get; set; }

    public IReadOnlyList<string> Unfinished => [.. _transactions.Keys.Where(name => !_finished.Contains(name))];

    public ISinkWriter<T> Open(SinkContext context) => new Writer(this, context);

    private sealed class Writer(MemorySink<T> sink, SinkContext context) : TwoPhaseCommitSink<T, string>
    {
        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override bool MayWriteWhilePending => sink.MayWriteWhilePending;

        public override string Begin()
        {
            lock (sink._lock)
            {
                var name = $"{sink.Prefix}{sink._begun++}.{context.Subtask}";
                sink._transactions[name] = [];
                sink.Log.Add($"begin {name}");
                return name;
            }
        }

        public override void Write(string transaction, Batch<T> batch)
        {
            lock (sink._lock)
            {
                sink._transactions[transaction].AddRange(batch.Values.ToArray());
            }
        }

        public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            lock (sink._lock)
            {
                sink.Log.Add($"pre-commit {transaction}");
                if (sink.PreCommitFailure is { } failure)
                {
                    throw failure;
                }

                sink._preCommitted[transaction] = [.. sink._transactions[transaction]];
                return ValueTask.FromResult(transaction);
            }
        }

        public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            sink.BeforeCommit?.Invoke();
            lock (sink._lock)
            {
                sink.Log.Add($"commit {transaction}");
                if (sink.CommitFailure is { } failure)
                {
                    throw failure;
                }

                // One of another sink, which a savepoint has brought here, is that one's to show.
                if (transaction.StartsWith(sink.Prefix, StringComparison.Ordinal) && sink._finished.Add(transaction))
                {
                    sink.Committed.AddRange(sink._preCommitted[transaction]);
                }

                return ValueTask.CompletedTask;
            }
        }

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation)
        {
            lock (sink._lock)
            {
                sink.Log.Add($"abort {transaction}");
                sink._finished.Add(transaction);
                return ValueTask.CompletedTask;
            }
        }

        public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
        {
            lock (sink._lock)
            {
                sink.Log.Add("clean up");
                sink._finished.UnionWith(sink._transactions.Keys);
                return ValueTask.CompletedTask;
            }
        }
    }
}
