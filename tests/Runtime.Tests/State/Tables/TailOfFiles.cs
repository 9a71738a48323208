using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Files of which the length is kept, and the end: too long for the memory, and yet something of them can be read.</summary>
internal sealed class TailOfFiles(int tailBytes) : ISnapshotFiles
{
    private readonly byte[] _tail = new byte[tailBytes];

    public long Length { get; private set; }

    public int GreatestWrite { get; private set; }

    public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        await using var stream = new Counted(this);
        await write(stream, cancellation);
        return new StateHandle.InFile("tail.state", Length, 0);
    }

    public ValueTask<StateHandle> ShareAsync(
        string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
        WriteAsync(write, cancellation);

    public Stream Open() => new Counted(this);

    private sealed class Counted(TailOfFiles files) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => files.Length;

        public override long Position { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            files.GreatestWrite = Math.Max(files.GreatestWrite, count);
            var skipped = Math.Max(0, count - files._tail.Length);
            for (var i = skipped; i < count;)
            {
                var at = (int)((files.Length + i) % files._tail.Length);
                var run = Math.Min(count - i, files._tail.Length - at);
                buffer.AsSpan(offset + i, run).CopyTo(files._tail.AsSpan(at));
                i += run;
            }

            files.Length += count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(buffer, out var array));
            Write(array.Array!, array.Offset, array.Count);
            return ValueTask.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Assert.True(Position >= files.Length - files._tail.Length, $"position {Position} is not in the tail");
            var at = (int)(Position % files._tail.Length);
            var read = (int)Math.Min(Math.Min(count, files._tail.Length - at), files.Length - Position);
            files._tail.AsSpan(at, read).CopyTo(buffer.AsSpan(offset));
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
