using System.Globalization;

namespace Weir;

/// <summary>
/// Takes what an observable pushes into a bounded buffer. Subscribes when the job begins to read, and unsubscribes when its run ends:
/// a restart after a failure misses nothing that is pushed meanwhile, but what was taken and no checkpoint covers is lost.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="observable">Who pushes.</param>
/// <param name="capacity">The most records that wait.</param>
/// <param name="overflow">What becomes of one more.</param>
internal sealed class ObservableSource<T>(IObservable<T> observable, int capacity, OnOverflow overflow)
    : SequenceSource<T>, IUnreplayableSource, IRunScoped
{
    private Subscription? _subscription;

    public override string Description => $"an observable of {NameOf()}";

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context)
    {
        var subscription = _subscription ??= new Subscription(new RecordQueue<T>(capacity), overflow);
        subscription.Queue.Attach(context.Wake);
        if (!subscription.HasBegun)
        {
            // In the background: an observable may push all that it has before Subscribe returns.
            context.Background("subscribing to an observable", _ =>
            {
                subscription.Begin(observable);
                return ValueTask.CompletedTask;
            });
        }

        return new Reader(subscription.Queue, offset, context, capacity, overflow);
    }

    public ValueTask EndRunAsync(Exception? failure)
    {
        _subscription?.Dispose();
        _subscription = null;
        return ValueTask.CompletedTask;
    }

    private sealed class Subscription(RecordQueue<T> queue, OnOverflow overflow) : IObserver<T>, IDisposable
    {
        private static readonly IDisposable Ended = new Nothing();
        private IDisposable? _subscription;
        private int _begun;

        public RecordQueue<T> Queue { get; } = queue;

        public bool HasBegun => Volatile.Read(ref _begun) != 0;

        public void Begin(IObservable<T> observable)
        {
            if (Interlocked.Exchange(ref _begun, 1) != 0)
            {
                return;
            }

            try
            {
                var subscription = observable.Subscribe(this);
                if (Interlocked.CompareExchange(ref _subscription, subscription, null) is not null)
                {
                    subscription?.Dispose();
                }
            }
#pragma warning disable CA1031 // Whatever Subscribe throws belongs to who reads.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                OnError(failure);
            }
        }

        public void OnNext(T value) => Queue.Add(value, overflow);

        public void OnCompleted() => Queue.End();

        public void OnError(Exception error) => Queue.End(new SequenceException(
            $"The observable has failed: {error?.Message}", error));

        public void Dispose()
        {
            Queue.End();
            Interlocked.Exchange(ref _subscription, Ended)?.Dispose();
        }

        private sealed class Nothing : IDisposable
        {
            public void Dispose()
            {
            }
        }
    }

    private sealed class Reader(RecordQueue<T> queue, Offset start, SourceContext context, int capacity, OnOverflow overflow)
        : ISplitReader<T>
    {
        private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);
        private long? _lastWarning;
        private long _unsaid;

        public Offset Offset { get; private set; } = start;

        public ReadStatus Read(Batch<T> batch)
        {
            var status = queue.Take(batch, out var dropped);
            Offset = new Offset(Offset.Value + batch.Count);
            if (dropped > 0)
            {
                context.CountSkipped(dropped);
                _unsaid += dropped;
                Warn();
            }

            return status;
        }

        public void Dispose()
        {
        }

        private void Warn()
        {
            var now = context.Time.GetTimestamp();
            if (_lastWarning is not { } last || context.Time.GetElapsedTime(last, now) >= BetweenWarnings)
            {
                context.Warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Operator '{context.Operator}' has dropped {_unsaid} records ({overflow}): its buffer of {capacity} was full. Make "
                        + $"the buffer larger, or the job faster."));
                _lastWarning = now;
                _unsaid = 0;
            }
        }
    }
}
