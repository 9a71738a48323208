using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

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
        var events = new ClientEvents { Token = connection.Token };
        return new KafkaTransactionProducer(
            new Producer(connection.ForProducer(), events, new TransactionSettings(transactionalId, transactionTimeout)), progressTopic);
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

/// <summary>A real transactional producer.</summary>
internal sealed unsafe class KafkaTransactionProducer(Producer client, string progressTopic) : IClientProducer
{
    private const int ProgressPartition = 0;

    public Producer Client => client;

    public KafkaError? Init(TimeSpan timeout) => client.InitTransactions(timeout);

    public KafkaError? Begin() => client.BeginTransaction();

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
            return client.Produce(client.Topic(progressTopic), message, null, 0);
        }
    }

    public KafkaError? Commit(TimeSpan timeout) => client.CommitTransaction(timeout);

    public KafkaError? Abort(TimeSpan timeout) => client.AbortTransaction(timeout);

    public void Dispose() => client.Dispose();
}
