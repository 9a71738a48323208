using System.Data.Common;
using System.Globalization;
using System.Text;
using Weir.Ado.Rows;
using Weir.Ado.Transactions;
using Weir.Databases;

namespace Weir.Ado.Writing;

/// <summary>Inserts the rows of a transaction by commands of many rows.</summary>
/// <param name="table">The table, as SQL names it.</param>
/// <param name="columns">The columns, as SQL names them.</param>
/// <param name="prefix">What parameters begin with.</param>
/// <param name="rowsPerStatement">How many rows a command has at most.</param>
internal sealed class RowInsert(string table, IReadOnlyList<string> columns, string prefix, int rowsPerStatement)
{
    private const int ValuesPerStatement = 1000;

    /// <summary>Gets the columns, as SQL names them.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The same for other columns of the table.</summary>
    public RowInsert For(IReadOnlyList<string> others) =>
        others.SequenceEqual(columns) ? this : new RowInsert(table, others, prefix, Math.Min(rowsPerStatement, DefaultRows(others.Count)));

    /// <summary>How many rows a command has by default.</summary>
    public static int DefaultRows(int columns) => Math.Max(1, ValuesPerStatement / columns);

    /// <summary>Inserts all rows.</summary>
    /// <param name="transaction">Within which transaction.</param>
    /// <param name="marked">The rows.</param>
    /// <param name="atOnce">How many a command has at most.</param>
    /// <param name="beginsWith">Is told the row, from 0, that each command begins with, before it is run.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public async ValueTask SendAsync(
        DbTransaction transaction, MarkedTransaction marked, int atOnce, Action<int> beginsWith, CancellationToken cancellation)
    {
        var sent = 0;
        var offset = 0L;
        DbCommand? command = null;
        try
        {
            var size = 0;
            while (sent < marked.Rows)
            {
                var count = Math.Min(Math.Min(rowsPerStatement, atOnce), marked.Rows - sent);
                if (command is null || size != count)
                {
                    await EndAsync(command).ConfigureAwait(false);
                    (command, size) = (CommandOf(transaction, count), count);
                }

                offset = Fill(command, marked, offset, count);
                beginsWith(sent);
                _ = await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                sent += count;
            }
        }
        finally
        {
            await EndAsync(command).ConfigureAwait(false);
        }
    }

    /// <summary>The text of a row, for messages: <c>id = 5, name = ann</c>.</summary>
    public string TextOf(MarkedTransaction marked, int row)
    {
        var reader = new MessagePackReader(marked.Bytes);
        for (var i = 0; i < row * columns.Count; i++)
        {
            reader.Skip();
        }

        var text = new List<string>();
        foreach (var column in columns)
        {
            var value = StoredValue.Read(ref reader);
            text.Add(string.Create(CultureInfo.InvariantCulture, $"{column} = {(value is DBNull ? "NULL" : value)}"));
        }

        return RecordText.Of(string.Join(", ", text));
    }

    private static async ValueTask EndAsync(DbCommand? command)
    {
        if (command is not null)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static long Fill(DbCommand command, MarkedTransaction marked, long offset, int count)
    {
        var reader = new MessagePackReader(marked.Bytes[(int)offset..]);
        for (var i = 0; i < count * marked.Columns; i++)
        {
            command.Parameters[i].Value = StoredValue.Read(ref reader);
        }

        return offset + reader.Consumed;
    }

    private DbCommand CommandOf(DbTransaction transaction, int rows)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var text = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns.Count; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}p{(row * columns.Count) + column}");
                text.Append(column == 0 ? "" : ", ").Append(name);
                command.AddParameter(name, DBNull.Value);
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
        return command;
    }
}
