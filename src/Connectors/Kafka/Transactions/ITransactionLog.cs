using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Transactions;

/// <summary>
/// The cluster as the arbiter sees it: one transactional id, and the progress topic. The seam where a simulator puts its model.
/// </summary>
internal interface ITransactionLog
{
    /// <summary>Gets where it is, for messages.</summary>
    string Servers { get; }

    /// <summary>Gets whom the cluster knows the writer as, for messages.</summary>
    string Principal => "the principal of this connection";

    /// <summary>Gets the transactional id.</summary>
    string TransactionalId { get; }

    /// <summary>Gets the progress topic.</summary>
    string ProgressTopic { get; }

    /// <summary>
    /// Looks at the topics that will be written, before anybody is shut out: a deployment that cannot work does not end the one that does.
    /// Blocks. Does nothing by default.
    /// </summary>
    void Check()
    {
    }

    /// <summary>
    /// Asks for how long a transaction may be open, as the job says and as the broker allows; null where that is not known, or must not
    /// be asked. Blocks.
    /// </summary>
    (TimeSpan? Wanted, string? AllowedMs) AskTimes() => (null, null);

    /// <summary>How large a message of a topic may be, as far as is known.</summary>
    long LimitOf(string? topic) => MessageSize.DefaultTopicBytes;

    /// <summary>Opens a producer with the transactional id. Nothing is fenced before <see cref="ITransactionProducer.Init"/>.</summary>
    ITransactionProducer Open();

    /// <summary>
    /// Reads the newest committed progress record, up to what stood in the topic when it was asked: never an older one because a
    /// transaction of somebody else is still open. Blocks.
    /// </summary>
    /// <returns>The record; null if there has never been one.</returns>
    ProgressRecord? ReadProgress(CancellationToken cancellation);
}

/// <summary>A transactional producer, as the arbiter drives it. Blocks; every error is an answer.</summary>
internal interface ITransactionProducer : IDisposable
{
    KafkaError? Init(TimeSpan timeout);

    KafkaError? Begin();

    KafkaError? WriteProgress(ProgressRecord progress);

    KafkaError? Commit(TimeSpan timeout);

    KafkaError? Abort(TimeSpan timeout);
}

/// <summary>One with a client behind it, which sinks write with.</summary>
internal interface IClientProducer : ITransactionProducer
{
    Producer Client { get; }
}
