namespace Weir.Runtime.Time;

/// <summary>
/// Which lanes have given no event time for so long that they are not waited for. Pure bookkeeping over a clock that is passed in.
/// </summary>
/// <remarks>
/// A lane that nobody has begun to read (<see cref="LaneStatus.Awaited"/>) is not silent: it has not been asked; nor is one that waits for
/// others (<see cref="Lanes.IsPaused"/>). Where lanes are looked at only now and then, silence begins at the first look that finds that a
/// lane has not spoken since the one before, as Flink's does.
/// </remarks>
/// <param name="lanes">The lanes.</param>
/// <param name="clock">The time in which the subtask could read.</param>
/// <param name="idleAfter">The silence after which a lane is idle, in microseconds.</param>
/// <param name="isLookedAt">Whether lanes are looked at only now and then; otherwise silence begins when a lane has spoken.</param>
internal sealed class LaneSilence(Lanes lanes, ReadingClock clock, long idleAfter, bool isLookedAt = false)
{
    private readonly List<Lane> _lanes = [];
    private readonly long _enough = isLookedAt ? idleAfter + 1 : idleAfter;

    /// <summary>Gets no later time than the one at which the next lane falls silent, by the reading clock.</summary>
    public long NextCheck { get; private set; } = long.MaxValue;

    /// <summary>Gets the number of lanes that are not waited for, those that have ended left aside.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var lane = 0; lane < _lanes.Count; lane++)
            {
                count += _lanes[lane].IsSilent && lanes.StatusOf(lane) != LaneStatus.Ended ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Whether a lane is not waited for.</summary>
    public bool IsSilent(int lane) => lane < _lanes.Count && _lanes[lane].IsSilent;

    /// <summary>A lane has given an event time, or may be read again.</summary>
    public void OnSpoken(int lane) => Note(lane, new Lane(HasSpoken: isLookedAt, Since: isLookedAt ? null : clock.Now));

    /// <summary>A lane has begun, or begun anew with another input.</summary>
    public void OnBegun(int lane)
    {
        while (_lanes.Count <= lane)
        {
            _lanes.Add(default);
        }

        Note(lane, new Lane(Since: isLookedAt ? null : clock.Now));
    }

    /// <summary>Looks which lanes have been silent for too long.</summary>
    public void Check()
    {
        var now = clock.Now;
        NextCheck = long.MaxValue;
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            if (_lanes[lane].IsSilent || lanes.StatusOf(lane) == LaneStatus.Ended)
            {
                continue;
            }

            var looked = Looked(_lanes[lane], now, lanes.StatusOf(lane) == LaneStatus.Active && !lanes.IsPaused(lane));
            _lanes[lane] = looked;
            NextCheck = looked.IsSilent ? NextCheck : Math.Min(NextCheck, (looked.Since ?? now) + _enough);
        }
    }

    private Lane Looked(Lane lane, long now, bool couldSpeak)
    {
        if (lane.HasSpoken)
        {
            return default;
        }

        var since = couldSpeak ? lane.Since ?? now : now;
        return new Lane(Since: since, IsSilent: now - since >= _enough);
    }

    private void Note(int lane, Lane noted)
    {
        _lanes[lane] = noted;
        NextCheck = Math.Min(NextCheck, (noted.Since ?? clock.Now) + _enough);
    }

    // Without a beginning of its silence a lane has spoken since it was looked at, or not been looked at yet.
    private readonly record struct Lane(bool HasSpoken = false, long? Since = null, bool IsSilent = false);
}
