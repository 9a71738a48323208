using System.Buffers;
using Weir.Databases;
using Weir.Databases.Values;

namespace Weir.Ado.Rows;

/// <summary>The rows of one transaction, as its checkpoint will hold them.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="number">Which transaction of the subtask in this attempt.</param>
/// <param name="columns">The columns.</param>
/// <param name="limitBytes">How many bytes there may be.</param>
/// <param name="target">The table and where it is, for messages.</param>
internal sealed class KeptRows<T>(long number, IReadOnlyList<BoundValue<T>> columns, long limitBytes, string target)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Gets which transaction it is.</summary>
    public long Number => number;

    /// <summary>Gets how many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the rows, one behind the other.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Adds a row.</summary>
    /// <exception cref="SinkException">There are too many, or a value cannot be kept.</exception>
    public void Add(T record)
    {
        var writer = new MessagePackWriter(_bytes);
        foreach (var column in columns)
        {
            try
            {
                StoredValue.Write(ref writer, column.Of(record));
            }
#pragma warning disable CA1031 // Whatever a function of the user's throws: the row and the column are named.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                throw RecordText.Unsendable(failure, column.Name, record, Count + 1, target);
            }
        }

        writer.Flush();
        Count++;
        if (_bytes.WrittenCount > limitBytes)
        {
            throw new SinkException(
                $"{RecordText.Number(Count)} rows for {target} wait for the next checkpoint and have "
                    + $"{RecordText.Number(_bytes.WrittenCount)} "
                    + $"bytes, more than {nameof(AdoNetSinkOptions)}.{nameof(AdoNetSinkOptions.MaxBytesPerCheckpoint)} allows, which is "
                    + $"{RecordText.Number(limitBytes)}. They are kept in memory and become part of the checkpoint. Take checkpoints "
                    + "more often, "
                    + "use more subtasks, raise the limit; or write by a sink that sends rows as they come, such as Postgres.Write.");
        }
    }
}
