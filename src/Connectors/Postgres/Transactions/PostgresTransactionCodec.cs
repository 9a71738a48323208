namespace Weir.PostgreSql.Transactions;

/// <summary>Stores <see cref="PostgresTransaction"/>s in checkpoints.</summary>
internal sealed class PostgresTransactionCodec : Codec<PostgresTransaction>
{
    public static PostgresTransactionCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.PostgresTransaction",
    [
        new(nameof(PostgresTransaction.Number), Schema.Of("long")),
        new(nameof(PostgresTransaction.Name), Schema.Of("string")),
        new(nameof(PostgresTransaction.Xid), Schema.Of("ulong")),
        new(nameof(PostgresTransaction.Rows), Schema.Of("long")),
        new(nameof(ServerIdentity.System), Schema.Of("string")),
        new(nameof(ServerIdentity.Database), Schema.Of("string")),
    ]);

    public override void Write(ref MessagePackWriter writer, in PostgresTransaction value)
    {
        writer.WriteArrayHeader(6);
        writer.Write(value.Number);
        writer.Write(value.Name);
        writer.Write(value.Xid);
        writer.Write(value.Rows);
        writer.Write(value.Server?.System);
        writer.Write(value.Server?.Database);
    }

    public override PostgresTransaction Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(6);
        var (number, name, xid, rows) = (reader.ReadInt64(), reader.ReadString(), reader.ReadUInt64(), reader.ReadInt64());
        var (system, database) = (reader.ReadString(), reader.ReadString());
        return new PostgresTransaction(
            number, name, xid, rows, database is null ? null : new ServerIdentity(system ?? "", database));
    }
}
