using System.Runtime.ExceptionServices;

namespace Weir.Testing.Scheduling;

/// <summary>
/// Lets any call of a simulation stand still in its middle while everything else goes on. A standing call keeps its thread and so its
/// stack; the turns go on by another thread. Only who has the baton runs, so that the order is the seed's and never the machine's.
/// </summary>
/// <remarks>
/// A change of threads costs as much as a dozen turns. So whoever lets a call go on leaves the turns to come to its thread, and does not
/// wait for the baton to come back.
/// </remarks>
/// <param name="turn">Takes a turn.</param>
internal sealed class Baton(Func<TurnEnd> turn)
{
    private readonly Turnstile _end = new();
    private Holder _holder = Holder.OfLoop();
    private Exception? _failure;

    /// <summary>Takes turns until there are none, on this thread first.</summary>
    public void Run()
    {
        TakeTurns(_holder);
        _end.Pass();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>Called in the middle of a call: returns when the call may go on.</summary>
    public void Stand(StandingCall call)
    {
        call.Loop = _holder.Loop;
        if (_holder.Resumer is { } resumer)
        {
            PassTo(resumer);
        }
        else
        {
            var next = _holder = Holder.OfLoop();
            SimulationThread.Start(() => TakeTurns(next));
        }

        call.GoesOn.Pass();
    }

    /// <summary>
    /// Lets a standing call go on, and waits until the turn that it belongs to has ended, or until it stands still again.
    /// </summary>
    public void Resume(StandingCall call)
    {
        var me = _holder;
        _holder = new Holder(me, call.Loop);
        call.GoesOn.Open();
        me.GoesOn.Pass();
    }

    /// <summary>
    /// Lets a standing call go on, and its thread take all turns after that one. Whoever calls this touches nothing of the simulation any
    /// more: the turn is <see cref="TurnEnd.HandedOver"/>.
    /// </summary>
    public void HandOver(StandingCall call)
    {
        _holder = call.Loop!;
        call.GoesOn.Open();
    }

    private void TakeTurns(Holder me)
    {
        try
        {
            while (true)
            {
                var end = turn();
                if (end == TurnEnd.HandedOver)
                {
                    return;
                }

                if (_holder != me)
                {
                    // The turn stood still meanwhile; the turns since, and those to come, are another thread's.
                    PassTo(_holder.Resumer!);
                    return;
                }

                if (end == TurnEnd.Last)
                {
                    _end.Open();
                    return;
                }
            }
        }
#pragma warning disable CA1031 // A mistake of the simulation itself, on whichever thread: it is thrown to who runs it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
            _end.Open();
        }
    }

    private void PassTo(Holder holder)
    {
        _holder = holder;
        holder.GoesOn.Open();
    }

    /// <summary>Who runs: a loop of turns, or a standing call that such a loop lets go on and waits for.</summary>
    internal sealed class Holder(Holder? resumer, Holder? loop)
    {
        /// <summary>Gets who waits until the call stands still or the turn has ended; null for nobody.</summary>
        public Holder? Resumer => resumer;

        /// <summary>Gets the loop of the thread that runs.</summary>
        public Holder Loop => loop ?? this;

        public Turnstile GoesOn { get; } = new();

        public static Holder OfLoop() => new(null, null);
    }
}
