using System.Collections.Concurrent;

namespace Weir.Testing.Scheduling;

/// <summary>A thread on which turns of simulations go on while a call stands still on another; kept for the next.</summary>
#pragma warning disable CA1001 // It lives as long as the program.
internal sealed class SimulationThread
#pragma warning restore CA1001
{
    private static readonly ConcurrentBag<SimulationThread> Spare = [];

    private readonly SemaphoreSlim _isWanted = new(0);
    private Action? _work;

    /// <summary>Runs something on a thread of its own.</summary>
    public static void Start(Action work)
    {
        if (!Spare.TryTake(out var thread))
        {
            thread = new SimulationThread();
            new Thread(thread.Run) { IsBackground = true, Name = "simulation" }.Start();
        }

        thread._work = work;
        thread._isWanted.Release();
    }

    private void Run()
    {
        while (true)
        {
            _isWanted.Wait();
            _work!();
            _work = null;
            Spare.Add(this);
        }
    }
}
