using System.Collections.Concurrent;

namespace Weir.Testing.Scheduling;

/// <summary>A thread on which turns of simulations go on while a call stands still on another; kept for the next.</summary>
internal sealed class SimulationThread
{
    private static readonly ConcurrentBag<SimulationThread> Spare = [];

    private readonly Turnstile _isWanted = new();
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
        thread._isWanted.Open();
    }

    private void Run()
    {
        while (true)
        {
            _isWanted.Pass();
            _work!();
            _work = null;

            // A thread that is kept must not keep a simulation that has ended.
            Tripwire.Set(null);
            Spare.Add(this);
        }
    }
}
