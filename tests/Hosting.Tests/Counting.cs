namespace Weir.Hosting.Tests;

/// <summary>A job that counts how often its function has seen each number, over all of its starts.</summary>
internal sealed class Counting
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _seen = [];
    private readonly List<long> _repeated = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _awaited = [];

    private bool _isWaiting;

    /// <summary>Gets what the function waits for before it returns; null for nothing.</summary>
    public ManualResetEventSlim? Gate { get; init; }

    /// <summary>Gets the numbers that were seen more than once.</summary>
    public IReadOnlyList<long> Repeated
    {
        get
        {
            lock (_lock)
            {
                return [.. _repeated];
            }
        }
    }

    /// <summary>Gets how many numbers were seen.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _seen.Count;
            }
        }
    }

    /// <summary>All numbers from 0, without end.</summary>
    public void Define(Job job) =>
        job.From(Generate.Records(static index => index)).Select(See).To(StandardOutput.Lines<long>(writer: TextWriter.Null));

    /// <summary>Waits until so many numbers have been seen.</summary>
    public Task Sees(int count) => When(() => _seen.Count >= count);

    /// <summary>Waits until the function has begun to wait for its gate.</summary>
    public Task Hangs() => When(() => _isWaiting);

    /// <summary>Waits until a number has been seen a second time.</summary>
    public Task Repeats() => When(() => _repeated.Count > 0);

    private Task When(Func<bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((condition, met));
            Tell();
        }

        return met.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private long See(long number)
    {
        if (Gate is { IsSet: false } gate)
        {
            lock (_lock)
            {
                _isWaiting = true;
                Tell();
            }

            gate.Wait();
        }

        lock (_lock)
        {
            if (!_seen.Add(number))
            {
                _repeated.Add(number);
            }

            Tell();
        }

        return number;
    }

    private void Tell()
    {
        foreach (var (_, met) in _awaited.Where(awaited => awaited.Condition()).ToList())
        {
            met.SetResult();
        }

        _awaited.RemoveAll(awaited => awaited.Met.Task.IsCompleted);
    }
}
