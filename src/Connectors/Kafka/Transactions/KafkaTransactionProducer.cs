using System.Diagnostics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Transactions;

/// <summary>A real transactional producer.</summary>
/// <remarks>
/// Who takes over a transactional id whose last holder has left a transaction open is told to come again: the broker is ending it, which
/// takes some milliseconds. The client waits for half a second, whatever it is told. Another client asks at once, and is answered.
/// </remarks>
/// <param name="open">Opens a client, whose log lines go to a function.</param>
/// <param name="progressTopic">The progress topic.</param>
internal sealed unsafe class KafkaTransactionProducer(Func<Action<int, string, string>, Producer> open, string progressTopic)
    : IClientProducer
{
    private const int ProgressPartition = 0;

    // Then the client may wait as it likes: whatever is ending there takes long.
    private const int MostClients = 10;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private Producer? _client;
    private volatile bool _isEnding;
    private int _clients;

    public Producer Client => _client ??= Open();

    public KafkaError? Init(TimeSpan timeout)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = timeout - Stopwatch.GetElapsedTime(begun);
            var isPatient = _clients >= MostClients || left < Glance;
            var error = Client.InitTransactions(isPatient ? Longer(left, Glance) : Glance);
            if (error is not { IsRetriable: true } || isPatient)
            {
                return error;
            }

            if (_isEnding)
            {
                Replace();
            }
        }
    }

    public KafkaError? Begin() => Client.BeginTransaction();

    public KafkaError? WriteProgress(ProgressRecord progress)
    {
        var bytes = progress.ToBytes();
        fixed (byte* key = ProgressRecord.Key, value = bytes)
        {
            var message = new RdMessage
            {
                Partition = ProgressPartition,
                Key = key,
                KeyLength = (nuint)ProgressRecord.Key.Length,
                Payload = value,
                Length = (nuint)bytes.Length,
            };
            return Client.Produce(Client.Topic(progressTopic), message, null, 0);
        }
    }

    public KafkaError? Commit(TimeSpan timeout) => Client.CommitTransaction(timeout);

    public KafkaError? Abort(TimeSpan timeout) => Client.AbortTransaction(timeout);

    public void Dispose() => _client?.Dispose();

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private Producer Open()
    {
        _clients++;
        return open((_, facility, text) =>
            _isEnding |= facility == "GETPID" && text.Contains("another concurrent operation", StringComparison.Ordinal));
    }

    private void Replace()
    {
        _client!.Dispose();
        _isEnding = false;
        _client = Open();
    }
}
