namespace Weir.Testing.Scheduling;

/// <summary>
/// Lets any call of a simulation stand still in its middle while everything else goes on. A standing call keeps its thread and so its
/// stack; the turns go on by another thread. Only who has the baton runs, so that the order is the seed's and never the machine's.
/// </summary>
/// <param name="turn">Takes a turn; false when there are no more.</param>
internal sealed class Baton(Func<bool> turn) : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private Holder _holder = new();
    private Exception? _failure;

    /// <summary>Takes turns until there are none, on this thread first.</summary>
    public void Run()
    {
        TakeTurns(_holder);
        _end.Wait();
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    /// <summary>Called in the middle of a call: returns when <see cref="Resume"/> was told to let it go on.</summary>
    public void Stand(StandingCall call)
    {
        if (_holder.Resumer is { } resumer)
        {
            PassTo(resumer);
        }
        else
        {
            var next = _holder = new Holder();
            SimulationThread.Start(() => TakeTurns(next));
        }

        call.GoesOn.Wait();
    }

    /// <summary>Lets a standing call go on: until the turn that it belongs to has ended, or until it stands still again.</summary>
    public void Resume(StandingCall call)
    {
        var me = _holder;
        _holder = new Holder { Resumer = me };
        call.GoesOn.Release();
        me.GoesOn.Wait();
    }

    private void TakeTurns(Holder me)
    {
        try
        {
            while (true)
            {
                var isMore = turn();
                if (_holder != me)
                {
                    // The turn stood still meanwhile; the turns since, and those to come, are another thread's.
                    PassTo(_holder.Resumer!);
                    return;
                }

                if (!isMore)
                {
                    _end.Set();
                    return;
                }
            }
        }
#pragma warning disable CA1031 // A mistake of the simulation itself, on whichever thread: it is thrown to who runs it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
            _end.Set();
        }
    }

    private void PassTo(Holder holder)
    {
        _holder = holder;
        holder.GoesOn.Release();
    }

    /// <summary>Who runs: a loop of turns, or a standing call that such a loop lets go on and waits for.</summary>
    private sealed class Holder
    {
        public Holder? Resumer { get; init; }

        public SemaphoreSlim GoesOn { get; } = new(0);
    }
}
