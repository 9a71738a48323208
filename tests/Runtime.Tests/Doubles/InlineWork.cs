using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Tests.Doubles;

/// <summary>Runs work when it is told to: at once, or when the test says so.</summary>
internal sealed class InlineWork(bool isHeld = false) : IWorkPool
{
    private readonly Queue<Action> _held = new();

    public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        var pending = new Pending<T>();
        _held.Enqueue(() =>
        {
            try
            {
                pending.Complete(work(CancellationToken.None).AsTask().GetAwaiter().GetResult());
            }
            catch (Exception failure)
            {
                pending.Fail(failure);
            }
        });
        if (!isHeld)
        {
            Release();
        }

        return pending;
    }

    /// <summary>Runs the piece that came last, and leaves those before it under way.</summary>
    public void ReleaseLast()
    {
        var work = _held.ToArray();
        _held.Clear();
        foreach (var earlier in work[..^1])
        {
            _held.Enqueue(earlier);
        }

        work[^1]();
    }

    public void Release()
    {
        while (_held.TryDequeue(out var work))
        {
            work();
        }
    }
}
