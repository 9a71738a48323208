using System.Buffers;
using System.Collections.Immutable;

namespace Weir.Runtime.State.Tables;

/// <summary>Gathers the entries of an operator by key group: a buffer for each, so that tables are walked once and in order.</summary>
/// <remarks>
/// A group's bytes are its entries, one behind the other, part by part. A nil and a number say that what follows is of that part; before
/// the first they are of part 0.
/// </remarks>
internal sealed class KeyGroupBuffers(int count)
{
    // A first guess at a buffer's size, from a window, a number and a small value; buffers grow.
    private const int ExpectedEntryBytes = 40;

    private readonly ArrayBufferWriter<byte>?[] _buffers = new ArrayBufferWriter<byte>?[count];
    private readonly int[] _parts = new int[count];
    private int _part;
    private int _expectedBytes = 256;

    /// <summary>Gets the number of key groups.</summary>
    public int Count => count;

    /// <summary>What is written from now on is of another part.</summary>
    public void Begin(int part) => _part = part;

    /// <summary>Says how many entries will come.</summary>
    public void Expect(int entries) => _expectedBytes = (int)Math.Clamp((long)entries / count * ExpectedEntryBytes, 256, 1 << 26);

    /// <summary>Where the next entry of a key group is written; flush it afterwards.</summary>
    public MessagePackWriter Writer(int keyGroup)
    {
        var writer = new MessagePackWriter(_buffers[keyGroup] ??= new ArrayBufferWriter<byte>(_expectedBytes));
        if (_parts[keyGroup] != _part)
        {
            _parts[keyGroup] = _part;
            writer.WriteNil();
            writer.Write(_part);
        }

        return writer;
    }

    /// <summary>What was gathered.</summary>
    public ImmutableArray<KeyGroupState> ToState() =>
        [.. _buffers.Index().Where(group => group.Item is not null)
            .Select(group => new KeyGroupState(group.Index, group.Item!.WrittenMemory))];
}
