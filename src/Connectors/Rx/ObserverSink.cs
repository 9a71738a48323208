using System.Reactive;

namespace Weir.Rx;

/// <summary>Pushes records at an observer, as fast as it takes them, and ends it with the run of the job.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ObserverSink<T> : ISink<T>, IRunScoped
{
    private readonly IObserver<T> _observer;

    // Subtasks write on threads of their own: an observer is called by one at a time.
    public ObserverSink(IObserver<T> observer) => _observer = Observer.Synchronize(observer, preventReentrancy: true);

    public string Description => "an observer";

    public ISinkWriter<T> Open(SinkContext context) => new Writer(_observer);

    public ValueTask EndRunAsync(Exception? failure)
    {
        if (failure is null)
        {
            _observer.OnCompleted();
        }
        else
        {
            _observer.OnError(failure);
        }

        return ValueTask.CompletedTask;
    }

    private sealed class Writer(IObserver<T> observer) : SinkWriter<T>
    {
        private readonly List<T> _backlog = [];

        public override bool HasBacklog => _backlog.Count > 0;

        public override void Write(Batch<T> batch) => _backlog.AddRange(batch.Values);

        public override ValueTask DrainAsync(CancellationToken cancellation)
        {
            foreach (var record in _backlog)
            {
                cancellation.ThrowIfCancellationRequested();
                observer.OnNext(record);
            }

            _backlog.Clear();
            return ValueTask.CompletedTask;
        }
    }
}
