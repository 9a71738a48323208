using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>A state file that is being written, through a buffer of bounded size.</summary>
/// <param name="file">The file.</param>
/// <param name="onDurable">Called when its bytes are durable: makes its name so.</param>
internal sealed class StateOutput(IWritableFile file, Action onDurable) : Stream
{
    private const int BufferBytes = 64 * 1024;

    // Grows as it is filled: most files of state are small, and a job with little state writes many.
    private byte[] _buffer = [];
    private int _buffered;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length + _buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_buffered + buffer.Length > BufferBytes)
        {
            Drain();
        }

        if (buffer.Length > BufferBytes)
        {
            file.Write(buffer);
            return;
        }

        MakeRoom(_buffered + buffer.Length);
        buffer.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        Drain();
        file.Sync();
        onDurable();
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MakeRoom(int bytes)
    {
        if (bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(BufferBytes, Math.Max(bytes * 2, 1024)));
        }
    }

    private void Drain()
    {
        if (_buffered > 0)
        {
            file.Write(_buffer.AsSpan(0, _buffered));
            _buffered = 0;
        }
    }
}
