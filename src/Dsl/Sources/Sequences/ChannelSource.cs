using System.Threading.Channels;

namespace Weir;

/// <summary>Reads a channel until it is completed. What was taken and no checkpoint covers is lost with a failure.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="channel">The channel's reading end.</param>
internal sealed class ChannelSource<T>(ChannelReader<T> channel) : SequenceSource<T>, IUnreplayableSource
{
    public override string Description => $"a channel of {NameOf()}";

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context) =>
        new Reader(channel, offset, context.Wake);

    private sealed class Reader(ChannelReader<T> channel, Offset start, Action wake) : ISplitReader<T>
    {
        // Never disposed: it has no timer.
        private readonly CancellationTokenSource _closed = new();
        private Task? _wait;

        public Offset Offset { get; private set; } = start;

        public ReadStatus Read(Batch<T> batch)
        {
            while (true)
            {
                while (!batch.IsFull && channel.TryRead(out var record))
                {
                    batch.Add(record);
                }

                if (batch.Count > 0)
                {
                    Offset = new Offset(Offset.Value + batch.Count);
                    return ReadStatus.Available;
                }

                if (HasMore() is not true and var answer)
                {
                    return answer is null ? ReadStatus.Pending : ReadStatus.End;
                }
            }
        }

        public void Dispose() => _closed.Cancel();

        // Null if it is not known yet. No thread waits: the channel calls when it has something, or has ended.
        private bool? HasMore()
        {
            if (_wait is { IsCompleted: false })
            {
                return null;
            }

            var wait = channel.WaitToReadAsync(_closed.Token);
            if (wait.IsCompleted)
            {
                return Answer(wait);
            }

            _wait = wait.AsTask();
            _ = _wait.ContinueWith(
                (_, state) => ((Action)state!)(), wake, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return null;
        }

        private static bool Answer(ValueTask<bool> wait)
        {
            try
            {
                return wait.GetAwaiter().GetResult();
            }
#pragma warning disable CA1031 // Whatever the channel was completed with.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                throw new SequenceException($"The channel was completed with a failure: {failure.Message}", failure);
            }
        }
    }
}
