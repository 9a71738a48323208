using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State;

public sealed class OperatorStateWriterTests
{
    private const int PieceBytes = 4 << 20;
    private const int Pieces = 700;

    [Fact]
    public async Task Little_state_lies_in_the_handle_itself()
    {
        var writer = new OperatorStateWriter("op");
        writer.AddKeyGroup(3, new byte[] { 1, 2 });
        writer.AddKeyGroup(5, new byte[] { 3 });
        var snapshot = await writer.FinishAsync(new NoFiles(), CancellationToken.None);
        Assert.Equal([1, 2, 3], Assert.IsType<StateHandle.Inline>(Assert.Single(snapshot.Handles)).Bytes.ToArray());
        Assert.Equal([new KeyGroupSlice(3, 0, 0, 2), new KeyGroupSlice(5, 0, 2, 1)], snapshot.KeyGroups);
    }

    [Fact]
    public async Task More_than_two_gigabytes_of_a_subtask_are_streamed_in_pieces_and_found_again_by_long_offsets()
    {
        // Each piece is encoded into the same buffer: nothing may hold on to one.
        var buffer = new byte[PieceBytes];
        var writer = new OperatorStateWriter("op");
        writer.AddKeyGroupsLater(() => Enumerable.Range(0, Pieces).Select(piece =>
        {
            Array.Fill(buffer, (byte)piece);
            return new KeyGroupState(piece % 128, buffer);
        }));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var files = new CountedFiles();
        var snapshot = await writer.FinishAsync(files, CancellationToken.None);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, "the state was held in memory");

        Assert.Equal((long)Pieces * PieceBytes, snapshot.SizeBytes);
        Assert.True(snapshot.KeyGroups[^1].Offset > int.MaxValue);
        var state = snapshot.ToState([new StoredState(snapshot.Handles[0], () => new PatternStream(snapshot.SizeBytes))]);
        Assert.Equal(Pieces, state.KeyGroups.Length);
        var last = state.KeyGroups[^1].Entries;
        Assert.Equal(PieceBytes, last.Length);
        Assert.False(last.Span.ContainsAnyExcept(unchecked((byte)(Pieces - 1))));
    }

    private sealed class NoFiles : ISnapshotFiles
    {
        public ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            throw new InvalidOperationException("a file was made");

        public ValueTask<StateHandle> ShareAsync(
            string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            throw new InvalidOperationException("a file was made");
    }

    /// <summary>Files of which only the length is kept.</summary>
    private sealed class CountedFiles : ISnapshotFiles
    {
        public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
        {
            var stream = new PatternStream(0);
            await write(stream, cancellation);
            return new StateHandle.InFile("big.state", stream.Length, 0);
        }

        public ValueTask<StateHandle> ShareAsync(
            string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            WriteAsync(write, cancellation);
    }

    /// <summary>What the test wrote, made again when it is read; what is written is checked and dropped.</summary>
    private sealed class PatternStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => Math.Max(length, Position);

        public override long Position { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Assert.Equal((byte)(Position / PieceBytes), buffer[offset]);
            Position += count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!buffer.IsEmpty)
            {
                Assert.Equal((byte)(Position / PieceBytes), buffer.Span[0]);
                Position += buffer.Length;
            }

            return ValueTask.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var within = (int)Math.Min(count, PieceBytes - (Position % PieceBytes));
            buffer.AsSpan(offset, within).Fill((byte)(Position / PieceBytes));
            Position += within;
            return within;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
