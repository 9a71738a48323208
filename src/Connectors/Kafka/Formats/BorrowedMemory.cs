using System.Buffers;

namespace Weir.KafkaLog.Formats;

/// <summary>
/// Bytes that somebody else keeps still, as memory: for readers that take no span. One a thread, used again for each message, so that a
/// message costs no copy and no garbage.
/// </summary>
internal sealed unsafe class BorrowedMemory : MemoryManager<byte>
{
    [ThreadStatic]
    private static BorrowedMemory? _ofThread;

    private byte* _first;
    private int _length;

    /// <summary>Gets the one of this thread.</summary>
    public static BorrowedMemory OfThread => _ofThread ??= new BorrowedMemory();

    /// <summary>Shows bytes until the next call.</summary>
    /// <param name="first">The first: must stay where it is for as long as the memory is used.</param>
    /// <param name="length">How many.</param>
    public ReadOnlyMemory<byte> Show(byte* first, int length)
    {
        _first = first;
        _length = length;
        return CreateMemory(length);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_first, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_first + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
