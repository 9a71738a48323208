using System.Text.Json;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Transactions;

/// <summary>The real cluster behind <see cref="ITransactionLog"/>.</summary>
internal sealed class KafkaTransactionLog(
    KafkaConnection connection, string transactionalId, string progressTopic, TimeSpan transactionTimeout, Action<string> warn)
    : ITransactionLog
{
    private readonly ProgressTopic _topic = new(connection, progressTopic, transactionTimeout, warn);

    public string Servers => connection.Servers;

    public string TransactionalId => transactionalId;

    public string ProgressTopic => progressTopic;

    public ITransactionProducer Open()
    {
        _topic.Ensure(CancellationToken.None);
        return new KafkaTransactionProducer(
            onLog => new Producer(
                connection.ForProducer(),
                new ClientEvents { Token = connection.Token, OnLog = onLog },
                new TransactionSettings(transactionalId, transactionTimeout)),
            progressTopic);
    }

    public ProgressRecord? ReadProgress(CancellationToken cancellation)
    {
        ProgressRecord? last = null;
        _topic.Read(
            (key, value, offset) => last = key.SequenceEqual(ProgressRecord.Key) ? Parse(value, offset) : last,
            cancellation);
        return last;
    }

    private ProgressRecord Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return ProgressRecord.Of(bytes);
        }
        catch (JsonException damage)
        {
            throw new ProgressException(
                $"The record at offset {offset} of '{progressTopic}' at Kafka {Servers} is none that Weir has written: "
                    + $"{damage.Message.TrimEnd('.')}. Let nobody else write to this topic.");
        }
    }
}
