using System.Runtime.CompilerServices;
using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Health;

/// <summary>What the jobs of a host do at Kafka, for its health checks: their sources, and their transactions. Any thread.</summary>
internal sealed class KafkaWatches
{
    // Jobs come and go: nothing here keeps them.
    private readonly ConditionalWeakTable<PartitionKeeper, object> _sources = [];
    private readonly ConditionalWeakTable<TransactionWatch, object> _transactions = [];

    /// <summary>Adds a source: the same again changes nothing.</summary>
    public void Add(PartitionKeeper source) => _sources.AddOrUpdate(source, this);

    /// <summary>Adds the transactions of a job.</summary>
    public void Add(TransactionWatch transactions) => _transactions.AddOrUpdate(transactions, this);

    /// <summary>How far the sources at a cluster are, partition by partition.</summary>
    public IReadOnlyList<PartitionLag> Lags(string servers) =>
        [.. _sources.Select(pair => pair.Key).Where(source => source.Servers == servers).SelectMany(source => source.Lags())];

    /// <summary>The transactions that are open at a cluster, and how old each is.</summary>
    public IReadOnlyList<(TransactionWatch Watch, TimeSpan Age)> Open(string servers) =>
    [
        .. from watch in _transactions.Select(pair => pair.Key)
           where watch.Servers == servers
           let age = watch.Age
           where age is not null
           select (watch, age.Value),
    ];
}
