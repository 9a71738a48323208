namespace Weir.Runtime.Time;

/// <summary>
/// Which lanes have given no event time for so long that they are not waited for. Pure bookkeeping over a clock that is passed in.
/// </summary>
/// <remarks>A lane that nobody has begun to read (<see cref="LaneStatus.Awaited"/>) is not silent: it has not been asked.</remarks>
/// <param name="lanes">The lanes.</param>
/// <param name="clock">The time in which the subtask could read.</param>
/// <param name="idleAfter">The silence after which a lane is idle, in microseconds.</param>
internal sealed class LaneSilence(Lanes lanes, ReadingClock clock, long idleAfter)
{
    private readonly List<(long SpokeAt, bool IsSilent)> _lanes = [];

    /// <summary>Gets no later time than the one at which the next lane falls silent, by the reading clock.</summary>
    public long NextCheck { get; private set; } = long.MaxValue;

    /// <summary>Whether a lane is not waited for.</summary>
    public bool IsSilent(int lane) => lane < _lanes.Count && _lanes[lane].IsSilent;

    /// <summary>A lane has given an event time, or has begun.</summary>
    public void OnSpoken(int lane)
    {
        while (_lanes.Count <= lane)
        {
            _lanes.Add((clock.Now, false));
        }

        var now = clock.Now;
        _lanes[lane] = (now, false);
        NextCheck = Math.Min(NextCheck, now + idleAfter);
    }

    /// <summary>Looks which lanes have been silent for too long.</summary>
    public void Check()
    {
        var now = clock.Now;
        NextCheck = long.MaxValue;
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            var (spokeAt, isSilent) = _lanes[lane];
            if (isSilent || lanes.StatusOf(lane) == LaneStatus.Ended)
            {
                continue;
            }

            if (lanes.StatusOf(lane) != LaneStatus.Active)
            {
                spokeAt = now;
            }

            isSilent = now - spokeAt >= idleAfter;
            _lanes[lane] = (spokeAt, isSilent);
            NextCheck = isSilent ? NextCheck : Math.Min(NextCheck, spokeAt + idleAfter);
        }
    }
}
