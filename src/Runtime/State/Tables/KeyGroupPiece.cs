using System.Buffers;

namespace Weir.Runtime.State.Tables;

/// <summary>Entries of one key group on their way to the store: as many as fit a buffer of bounded size.</summary>
/// <remarks>
/// A piece's bytes are entries, one behind the other. A nil and a number say that what follows is of that part; before the first they are
/// of part 0. A negative number says that what follows is something that has gone.
/// </remarks>
internal sealed class KeyGroupPiece
{
    /// <summary>A piece is full when it holds so many bytes: some entries more at most.</summary>
    /// <remarks>Each piece is a slice in the manifest, which a gigabyte of state makes some 70 KB longer.</remarks>
    public const int FullBytes = 256 * 1024;

    /// <summary>Behind a nil: what follows is a namespace and a key that had gone.</summary>
    public const int GoneKey = -1;

    /// <summary>Behind a nil: what follows is a namespace that had gone.</summary>
    public const int GoneName = -2;

    private const int FirstBytes = 4096;

    private ArrayBufferWriter<byte> _buffer = new(FirstBytes);
    private int _part;
    private int _marked;

    /// <summary>Gets a value indicating whether no more should be written.</summary>
    public bool IsFull => _buffer.WrittenCount >= FullBytes;

    /// <summary>Gets the bytes; they are overwritten when the next piece begins.</summary>
    public ReadOnlyMemory<byte> Entries => _buffer.WrittenMemory;

    /// <summary>Forgets what was written: another piece begins.</summary>
    public void Clear()
    {
        _marked = 0;
        if (_buffer.Capacity > 2 * FullBytes)
        {
            // One huge entry was enough.
            _buffer = new ArrayBufferWriter<byte>(FullBytes);
        }

        _buffer.ResetWrittenCount();
    }

    /// <summary>What is written from now on is of a part.</summary>
    public void Begin(int part) => _part = part;

    /// <summary>Where a key that has gone is written, or a namespace that has; flush it afterwards.</summary>
    public MessagePackWriter Removal(bool isNamespace)
    {
        var writer = Writer();
        writer.WriteNil();
        writer.Write(isNamespace ? GoneName : GoneKey);
        return writer;
    }

    /// <summary>Where the next entry is written; flush it afterwards.</summary>
    public MessagePackWriter Writer()
    {
        var writer = new MessagePackWriter(_buffer);
        if (_marked != _part)
        {
            _marked = _part;
            writer.WriteNil();
            writer.Write(_part);
        }

        return writer;
    }
}
