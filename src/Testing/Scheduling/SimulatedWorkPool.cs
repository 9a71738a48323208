using Weir.Runtime.Scheduling;

namespace Weir.Testing;

/// <summary>A work pool whose pieces of work wait until they are told to run: at another moment, in another order, or never.</summary>
/// <remarks>Work runs to its end on the caller's thread: it must wait for nothing that another thread does.</remarks>
internal sealed class SimulatedWorkPool : IWorkPool
{
    private readonly List<(string Name, Action<WorkFault> Run)> _waiting = [];
    private bool _isClosed;

    /// <summary>Gets the names of what waits, in the order it came.</summary>
    public IEnumerable<string> Waiting => _waiting.Select(work => work.Name);

    /// <summary>The name of one that waits.</summary>
    public string NameOf(int index) => _waiting[index].Name;

    /// <summary>Gets the number of pieces of work that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Gets or sets a value indicating whether a piece of work is being carried out.</summary>
    internal bool IsRunning { get; set; }

    /// <inheritdoc/>
    public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        var pending = new Pending<T>();
        if (!_isClosed)
        {
            _waiting.Add((name, fault => CarryOut(name, work, pending, fault)));
        }

        return pending;
    }

    /// <summary>Runs one piece of work.</summary>
    /// <param name="index">Which of those that wait.</param>
    /// <param name="fault">What goes wrong with it.</param>
    public void RunOne(int index, WorkFault fault = WorkFault.None)
    {
        var (_, run) = _waiting[index];
        _waiting.RemoveAt(index);
        IsRunning = true;
        try
        {
            run(fault);
        }
        finally
        {
            IsRunning = false;
        }
    }

    /// <summary>Forgets what waits and takes nothing more: the process has gone.</summary>
    public void Close()
    {
        _isClosed = true;
        _waiting.Clear();
    }

    private static void CarryOut<T>(string name, Func<CancellationToken, ValueTask<T>> work, Pending<T> pending, WorkFault fault)
    {
        try
        {
            if (fault == WorkFault.FailBefore)
            {
                throw new IOException($"Injected: '{name}' failed before it began.");
            }

            var task = work(CancellationToken.None);
            if (!task.IsCompleted)
            {
                throw new InvalidOperationException(
                    $"'{name}' waits for another thread, so that its end cannot be simulated. Take threads and time from what is passed "
                        + "in.");
            }

            var result = task.GetAwaiter().GetResult();
            if (fault == WorkFault.FailAfter)
            {
                throw new IOException($"Injected: '{name}' was done, but its answer was lost.");
            }

            pending.Complete(result);
        }
#pragma warning disable CA1031 // The failure belongs to whoever polls for the outcome.
        catch (Exception failure) when (failure is not ProcessDiedException)
#pragma warning restore CA1031
        {
            pending.Fail(failure);
        }
    }
}

/// <summary>What goes wrong with a piece of work.</summary>
public enum WorkFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails without having done anything.</summary>
    FailBefore,

    /// <summary>It does everything and then fails: the answer is lost.</summary>
    FailAfter,
}
