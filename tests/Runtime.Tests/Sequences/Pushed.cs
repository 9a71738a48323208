namespace Weir.Runtime.Tests.Sequences;

/// <summary>An observable that pushes all it has before Subscribe returns.</summary>
internal sealed class Pushed(IEnumerable<int> values, Exception? failure = null) : IObservable<int>
{
    public int Subscriptions { get; private set; }

    public IDisposable Subscribe(IObserver<int> observer)
    {
        Subscriptions++;
        foreach (var value in values)
        {
            observer.OnNext(value);
        }

        if (failure is null)
        {
            observer.OnCompleted();
        }
        else
        {
            observer.OnError(failure);
        }

        return new Nothing();
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
