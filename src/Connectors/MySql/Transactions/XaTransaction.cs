namespace Weir.MySqlServers.Transactions;

/// <summary>What a subtask wrote between two barriers: all that a later process needs to commit it.</summary>
/// <param name="Number">Which transaction of the subtask in its attempt.</param>
/// <param name="Name">What it is called; null before it was prepared, and for good if nothing was written.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Server">The id of the server that prepared it; empty if it has none.</param>
/// <param name="Database">The database that the sink's table of commits is in.</param>
internal sealed record XaTransaction(long Number, XaName? Name, long Rows, string Server, string Database)
{
    /// <summary>A transaction that has just begun.</summary>
    public static XaTransaction Begun(long number) => new(number, null, 0, "", "");

    /// <summary>Whether it was surely prepared for another database, or on another server, than these.</summary>
    public bool IsElsewhere(string server, string database) => IsOtherServer(server) || Database != database;

    /// <summary>Whether it was surely prepared on another server than this.</summary>
    public bool IsOtherServer(string server) => Server.Length > 0 && server.Length > 0 && Server != server;

    /// <inheritdoc/>
    public override string ToString() => Name is null ? $"transaction {Number}" : $"transaction '{Name}'";
}

/// <summary>Stores <see cref="XaTransaction"/>s in checkpoints.</summary>
internal sealed class XaTransactionCodec : Codec<XaTransaction>
{
    public static XaTransactionCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.XaTransaction",
    [
        new(nameof(XaTransaction.Number), Schema.Of("long")),
        new(nameof(XaName.Job), Schema.Of("string")),
        new(nameof(XaName.Operator), Schema.Of("string")),
        new(nameof(XaName.Run), Schema.Of("ulong")),
        new(nameof(XaName.Attempt), Schema.Of("long")),
        new(nameof(XaName.Subtask), Schema.Of("int")),
        new(nameof(XaTransaction.Rows), Schema.Of("long")),
        new(nameof(XaTransaction.Server), Schema.Of("string")),
        new(nameof(XaTransaction.Database), Schema.Of("string")),
    ]);

    public override void Write(ref MessagePackWriter writer, in XaTransaction value)
    {
        var name = value.Name.GetValueOrDefault();
        writer.WriteArrayHeader(9);
        writer.Write(value.Number);
        writer.Write(name.Job);
        writer.Write(name.Operator);
        writer.Write(name.Run.Value);
        writer.Write(name.Attempt);
        writer.Write(name.Subtask);
        writer.Write(value.Rows);
        writer.Write(value.Server);
        writer.Write(value.Database);
    }

    public override XaTransaction Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(9);
        var number = reader.ReadInt64();
        var (job, op, run, attempt, subtask) =
            (reader.ReadString(), reader.ReadString(), new RunId(reader.ReadUInt64()), reader.ReadInt64(), reader.ReadInt32());
        var (rows, server, database) = (reader.ReadInt64(), reader.ReadString() ?? "", reader.ReadString() ?? "");
        return new XaTransaction(number, job is null ? null : new XaName(job, op!, run, attempt, subtask, number), rows, server, database);
    }
}
