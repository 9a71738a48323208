namespace Weir.Runtime.Scheduling;

/// <summary>A piece of work under way. Completed by one thread, polled by another.</summary>
/// <typeparam name="T">Its outcome.</typeparam>
internal sealed class Pending<T>
{
    private volatile bool _isDone;
    private T? _result;
    private Exception? _failure;

    /// <summary>Gets a value indicating whether it has ended, well or badly.</summary>
    public bool IsDone => _isDone;

    /// <summary>Gets why it failed, or null. Only when done.</summary>
    public Exception? Failure => _failure;

    /// <summary>Gets the outcome. Only when done; throws the failure, with its own stack trace, if it failed.</summary>
    public T Result
    {
        get
        {
            if (_failure is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
            }

            return _result!;
        }
    }

    /// <summary>Ends it well.</summary>
    public void Complete(T result)
    {
        _result = result;
        _isDone = true;
    }

    /// <summary>Ends it badly.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        _isDone = true;
    }
}
