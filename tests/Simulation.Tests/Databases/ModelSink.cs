using System.Text.Json;
using Weir.Databases;

namespace Weir.Simulation.Tests.Databases;

/// <summary>
/// Writes into a model of a database by the protocol of a real sink. Up to the prepare it is the real code: <see
/// cref="RowTransactions{T}"/>.
/// </summary>
internal sealed class ModelSink<T>(ModelConnection connection, ModelKind kind) : ISink<T>
{
    public string Description => "a model of a database";

    public ISinkWriter<T> Open(SinkContext context) => kind is ModelKind.Kept or ModelKind.IgnoresMarkers
        ? new KeptWriter(connection, kind, context)
        : new PreparingWriter(connection, kind, context);

    private static string RowOf(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web) + "\n";

    private static string NameOf(SinkContext context, long number, ModelKind kind) =>
        $"{(kind == ModelKind.ReusesNames ? 0 : context.Attempt)}-{context.Subtask}-{number}";

    private static long AttemptOf(string name) => long.Parse(name.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);

    private sealed class PreparingWriter : TwoPhaseCommitSink<T, string>
    {
        private readonly ModelConnection _connection;
        private readonly ModelKind _kind;
        private readonly SinkContext _context;
        private readonly RowTransactions<T> _transactions;

        public PreparingWriter(ModelConnection connection, ModelKind kind, SinkContext context)
        {
            (_connection, _kind, _context) = (connection, kind, context);
            _transactions = new RowTransactions<T>(
                new Database(connection, kind, context),
                new Server(),
                context,
                "the model",
                new TransactionWatch(TimeSpan.FromDays(1), "the model"));
        }

        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override bool HasBacklog => _transactions.HasBacklog;

        public override bool IsFull => _transactions.IsFull;

        public override string Begin() => $"open {_transactions.Begin()}";

        public override void Write(string transaction, Batch<T> batch) => _transactions.Add(batch.Values);

        public override ValueTask DrainAsync(string transaction, CancellationToken cancellation) =>
            _transactions.DrainAsync(NumberOf(transaction), cancellation);

        public override async ValueTask<string> PreCommitAsync(
            string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            var prepared = await _transactions.PrepareAsync(NumberOf(transaction), checkpoint, cancellation);
            if (prepared is not null && _kind == ModelKind.CommitsEarly)
            {
                await CommitAsync(prepared.Name, checkpoint, cancellation);
            }

            return prepared?.Name ?? transaction;
        }

        public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            if (!transaction.StartsWith("open", StringComparison.Ordinal) && !_connection.Call("commit", it => it.Commit(transaction)))
            {
                var isCommitted = _kind switch
                {
                    ModelKind.Markers => _connection.Call("look for marker", it => it.HasMarker(transaction)),
                    ModelKind.CommitsOnlyOnce => false,
                    _ => _connection.Call("ask for fate", it => it.FateOf(transaction)) == true,
                };
                if (!isCommitted)
                {
                    throw new SinkException($"transaction '{transaction}' of {checkpoint} is lost");
                }
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation)
        {
            if (transaction.StartsWith("open", StringComparison.Ordinal))
            {
                _transactions.Forget(NumberOf(transaction));
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask RecoverAndAbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;

        public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
        {
            if (_kind == ModelKind.LeavesStrays)
            {
                return ValueTask.CompletedTask;
            }

            if (_kind != ModelKind.LeavesSessions)
            {
                _ = _connection.Call("end sessions", it => it.EndSessions(_context.Attempt));
            }

            foreach (var stray in _connection.Call("list prepared", it => it.Prepared).Where(name => AttemptOf(name) < _context.Attempt))
            {
                _ = _connection.Call("roll back", it => it.RollBack(stray));
            }

            return ValueTask.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            await _transactions.DisposeAsync();
            await base.DisposeAsync();
        }

        private static long NumberOf(string transaction) =>
            long.Parse(transaction["open ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class KeptWriter(ModelConnection connection, ModelKind kind, SinkContext context) : TwoPhaseCommitSink<T, string>
    {
        private readonly Dictionary<string, List<string>> _rows = [];
        private long _begun;

        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override string Begin()
        {
            var name = NameOf(context, ++_begun, kind);
            lock (_rows)
            {
                _rows.Add(name, []);
            }

            return name;
        }

        public override void Write(string transaction, Batch<T> batch)
        {
            lock (_rows)
            {
                foreach (var value in batch.Values)
                {
                    _rows[transaction].Add(RowOf(value));
                }
            }
        }

        public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            lock (_rows)
            {
                _rows.Remove(transaction, out var rows);
                return ValueTask.FromResult($"{transaction}\n{string.Concat(rows!)}");
            }
        }

        public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            var at = transaction.IndexOf('\n', StringComparison.Ordinal);
            if (at >= 0 && at + 1 < transaction.Length)
            {
                var marker = kind == ModelKind.IgnoresMarkers ? $"{transaction[..at]}.{context.Attempt}" : transaction[..at];
                _ = connection.Call("insert once", it => it.InsertOnce(marker, [transaction[(at + 1)..]]));
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed class Database(ModelConnection connection, ModelKind kind, SinkContext context) : IRowDatabase<T>
    {
        public ValueTask<IRowSession<T>> BeginAsync(long number, CancellationToken cancellation) =>
            ValueTask.FromResult<IRowSession<T>>(new Session(connection, connection.Call("open session", it => it.Open(context.Attempt))));

        public string NameOf(long number, CheckpointName checkpoint) => ModelSink<T>.NameOf(context, number, kind);

        public ValueTask<bool> IsPreparedAsync(long number, string name, ulong id, CancellationToken cancellation) =>
            ValueTask.FromResult(connection.Call("list prepared", it => it.Prepared).Contains(name));

        public SinkException Refused(Exception refused, IReadOnlyList<T> rows, long before) => new(refused.Message, refused);
    }

    private sealed class Session(ModelConnection connection, long session) : IRowSession<T>
    {
        public ulong Id => (ulong)session;

        public ValueTask SendAsync(IReadOnlyList<T> rows, long before, CancellationToken cancellation)
        {
            _ = connection.Call("insert", it => it.Insert(session, rows.Select(RowOf)));
            return ValueTask.CompletedTask;
        }

        public ValueTask PrepareAsync(string name, CheckpointName checkpoint, CancellationToken cancellation)
        {
            _ = connection.Call("prepare", it => it.Prepare(session, name));
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _ = connection.Call("close session", it => it.Close(session));
            return ValueTask.CompletedTask;
        }
    }

    // Every failure of the machine ends the attempt: waiting is tested with real servers.
    private sealed class Server() : DatabaseServer("the model", "the machine")
    {
        public override bool IsTransient(Exception failure) => false;

        public override bool IsRefusal(Exception failure) => false;

        public override bool IsDenied(Exception failure) => false;

        public override string TextOf(Exception failure) => failure.Message;

        public override bool IsOfBrokenConnection(Exception failure) => failure is IOException;
    }
}
