using System.Buffers;
using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Writing;

/// <summary>
/// Keys and values of a batch, one behind the other in memory that does not move, so that the client can copy them from there. It is used
/// again for each batch: no garbage.
/// </summary>
internal sealed unsafe class MessageArena : IBufferWriter<byte>, IDisposable
{
    private const int First = 256 * 1024;

    private readonly PointerMemory _memory = new();
    private byte* _bytes = (byte*)NativeMemory.Alloc(First);
    private int _capacity = First;
    private int _used;

    /// <summary>Gets how much is written.</summary>
    public int Length => _used;

    public byte* At(int offset) => _bytes + offset;

    public void Clear() => _used = 0;

    public void Advance(int count) => _used += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return new Span<byte>(_bytes + _used, _capacity - _used);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        _memory.Show(_bytes + _used, _capacity - _used);
        return _memory.Memory;
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _capacity = 0;
        _used = 0;
    }

    private void Reserve(int sizeHint)
    {
        var needed = _used + Math.Max(sizeHint, 256);
        if (needed > _capacity)
        {
            _capacity = (int)Math.Min(Array.MaxLength, Math.Max((long)_capacity * 2, needed));
            _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)_capacity);
        }
    }

    private sealed class PointerMemory : MemoryManager<byte>
    {
        private byte* _start;
        private int _length;

        public void Show(byte* start, int length)
        {
            _start = start;
            _length = length;
        }

        public override Span<byte> GetSpan() => new(_start, _length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
