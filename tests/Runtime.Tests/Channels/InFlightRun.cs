using Weir.Runtime.Channels;
using Weir.Runtime.State;
using Barrier = Weir.Runtime.Streams.Barrier;

namespace Weir.Runtime.Tests.Channels;

/// <summary>What is in flight, written as for a checkpoint and read back.</summary>
internal static class InFlightRun
{
    /// <summary>The first value of each batch, with its channel; null while not all is known.</summary>
    public static IReadOnlyList<(int Channel, int Value)>? TrySnapshot(IInFlight end, Barrier barrier, long now)
    {
        var writer = new OperatorStateWriter(end.Id);
        if (!end.TrySnapshot(barrier, now, writer))
        {
            return null;
        }

        var files = new MemoryFiles();
        var snapshot = writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var state = snapshot.ToState([.. snapshot.Handles.Select(handle => new StoredState(handle, () => new MemoryStream(files.Bytes)))]);
        return [.. InFlightFormat<int>.Read(state, _ => true).Select(element => (element.Channel, element.Element.Batch!.Values[0]))];
    }

    private sealed class MemoryFiles : ISnapshotFiles
    {
        public byte[] Bytes { get; private set; } = [];

        public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
        {
            using var stream = new MemoryStream();
            await write(stream, cancellation);
            Bytes = stream.ToArray();
            return new StateHandle.InFile("file", Bytes.Length, 0);
        }

        public ValueTask<StateHandle> ShareAsync(
            string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
