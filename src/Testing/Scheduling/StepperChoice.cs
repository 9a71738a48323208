namespace Weir.Testing.Scheduling;

/// <summary>
/// How the simulated scheduler treats its steppers for a while: fairly, or in one of the ways that threads really behave.
/// </summary>
internal enum SchedulingMood
{
    /// <summary>Each in turn.</summary>
    RoundRobin,

    /// <summary>Any.</summary>
    Random,

    /// <summary>One goes on as long as it has something to do.</summary>
    Burst,

    /// <summary>One always goes first.</summary>
    Favour,

    /// <summary>One goes only if no other can.</summary>
    Starve,
}

/// <summary>Chooses by seed which stepper steps next, in a mood that changes from time to time.</summary>
/// <param name="random">The seed's random numbers.</param>
internal sealed class StepperChoice(Random random)
{
    private SchedulingMood _mood;
    private int _turnsLeft;
    private int _marked;
    private int _last = -1;

    /// <summary>Chooses one.</summary>
    /// <param name="isReady">For each stepper whether it may have something to do; at least one may.</param>
    public int Next(ReadOnlySpan<bool> isReady)
    {
        if (_turnsLeft-- <= 0)
        {
            _mood = (SchedulingMood)random.Next(5);
            _turnsLeft = random.Next(1, 400);
            _marked = random.Next(isReady.Length);
        }

        _marked = Math.Min(_marked, isReady.Length - 1);
        return _last = _mood switch
        {
            SchedulingMood.RoundRobin => After(isReady, _last),
            SchedulingMood.Burst when _last >= 0 && _last < isReady.Length && isReady[_last] => _last,
            SchedulingMood.Favour when isReady[_marked] => _marked,
            SchedulingMood.Starve when After(isReady, _marked) is var other && other != _marked => AnyBut(isReady, _marked),
            _ => AnyBut(isReady, -1),
        };
    }

    private static int After(ReadOnlySpan<bool> isReady, int last)
    {
        for (var i = 1; i <= isReady.Length; i++)
        {
            var index = (last + i) % isReady.Length;
            if (isReady[index])
            {
                return index;
            }
        }

        throw new InvalidOperationException("No stepper is ready.");
    }

    private int AnyBut(ReadOnlySpan<bool> isReady, int excluded)
    {
        var ready = 0;
        for (var i = 0; i < isReady.Length; i++)
        {
            ready += isReady[i] && i != excluded ? 1 : 0;
        }

        var chosen = random.Next(ready);
        for (var i = 0; ; i++)
        {
            if (isReady[i] && i != excluded && chosen-- == 0)
            {
                return i;
            }
        }
    }
}
