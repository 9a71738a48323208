using System.Collections.Concurrent;

namespace Weir.Runtime.Tests.Running;

/// <summary>A transactional sink into memory: what a later attempt may see is only what was pre-committed.</summary>
internal sealed class MemorySink : ISink<int>
{
    private readonly ConcurrentDictionary<string, int[]> _preCommitted = new();
    private readonly ConcurrentDictionary<string, int[]> _committed = new();

    /// <summary>Gets what is visible, in order of value.</summary>
    public IEnumerable<int> Visible => _committed.Values.SelectMany(values => values).Order();

    /// <summary>Gets or sets what happens before each commit.</summary>
    public Action? BeforeCommit { get; set; }

    public string Description => "memory";

    public ISinkWriter<int> Open(SinkContext context) => new Writer(this, $"{context.Attempt}.{context.Subtask}");

    private sealed class Writer(MemorySink sink, string name) : TwoPhaseCommitSink<int, string>
    {
        private readonly Dictionary<string, List<int>> _open = [];
        private int _transactions;

        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override string Begin()
        {
            var transaction = $"{name}.{_transactions++}";
            _open[transaction] = [];
            return transaction;
        }

        public override void Write(string transaction, Batch<int> batch) => _open[transaction].AddRange(batch.Values);

        public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            sink._preCommitted[transaction] = [.. _open[transaction]];
            return ValueTask.FromResult(transaction);
        }

        public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            sink.BeforeCommit?.Invoke();
            sink._committed[transaction] = sink._preCommitted[transaction];
            return ValueTask.CompletedTask;
        }

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation)
        {
            sink._preCommitted.TryRemove(transaction, out _);
            return ValueTask.CompletedTask;
        }
    }
}
