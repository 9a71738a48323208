using Microsoft.Data.Sqlite;

namespace Weir.Victim;

/// <summary>The sinks that the victim knows.</summary>
internal static class Targets
{
    /// <summary>The sink of a victim.</summary>
    public static ITransactionalSink<Row> Open(Orders orders) => orders.Sink switch
    {
        "files" => Files.JsonLines<Row>(Path.Combine(orders.Directory, "output")),
        "postgres" => Postgres.Write<Row>(orders.Connection, orders.Table),
        "mariadb" => MySql.Write<Row>(orders.Connection, orders.Table),
        "kafka" => Kafka.Write<Row>(new KafkaConnection(orders.Connection), orders.Table, shape => shape.Key(row => row.Name)),
        "kafka-ahead" => Kafka.WriteAhead<Row>(new KafkaConnection(orders.Connection), orders.Table, shape => shape.Key(row => row.Name)),
        "sqlite" => AdoNet.Write<Row>(SqliteFactory.Instance.CreateDataSource(orders.Connection), orders.Table),
        var other => throw new ArgumentException($"'{other}' is no sink that the victim knows"),
    };
}
