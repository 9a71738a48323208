namespace Weir.Properties.Tests.Model;

/// <summary>
/// The rules of windows of event time, word by word (semantics R2 to R9): a list of open windows, gone through for each record and each
/// watermark.
/// </summary>
/// <param name="windows">The windows.</param>
/// <param name="firing">When they fire.</param>
/// <param name="lateness">How long behind its end a window is kept.</param>
public sealed class NaiveWindows(WindowsOf windows, Firing firing, long lateness)
{
    private readonly List<NaivePane> _panes = [];
    private readonly List<Outcome> _outcomes = [];
    private long _watermark = long.MinValue;

    /// <summary>All of a stream whose watermark goes on with each record, and to the end of time behind the last.</summary>
    public static IReadOnlyList<Outcome> Run(
        WindowsOf windows, Firing firing, long lateness, IEnumerable<Event> events, long disorder)
    {
        var naive = new NaiveWindows(windows, firing, lateness);
        foreach (var taken in events)
        {
            naive.OnRecord(taken);

            // A watermark that does not go on is no step: timers that lie behind it wait for one that does.
            if (taken.Time - disorder - 1 > naive._watermark)
            {
                naive.OnWatermark(taken.Time - disorder - 1);
            }
        }

        naive.OnWatermark(long.MaxValue);
        return naive._outcomes;
    }

    public void OnRecord(Event taken)
    {
        var isAnywhere = false;
        foreach (var (start, end) in windows.Of(taken.Time))
        {
            var pane = windows.Gap is null ? Find(taken.Key, start, end) : Merged(taken.Key, start, end);
            if (IsOver(pane.End))
            {
                _panes.Remove(pane);
                continue;
            }

            isAnywhere = true;
            pane.Timers.Add(CleanUpOf(pane));
            pane.Values.Add(taken.Value);
            if (IsFiredBy(taken, pane))
            {
                Fire(pane);
            }
        }

        if (!isAnywhere && taken.Time + lateness <= _watermark)
        {
            _outcomes.Add(new Outcome(taken.Key, taken.Time, Outcome.LateEnd, 1, taken.Value));
        }
    }

    public void OnWatermark(long watermark)
    {
        _watermark = watermark;
        while (_panes.Where(pane => pane.Timers.Count > 0).MinBy(pane => pane.Timers.Min) is { } pane && pane.Timers.Min <= watermark)
        {
            var time = pane.Timers.Min;
            pane.Timers.Remove(time);
            if (IsFiredAt(time, pane))
            {
                Fire(pane);
            }

            if (time == CleanUpOf(pane))
            {
                _panes.Remove(pane);
            }
        }
    }

    private bool IsFiredBy(Event taken, NaivePane pane)
    {
        if (firing.Count > 0)
        {
            // More than so many, where sessions have merged.
            pane.Counted++;
            pane.Counted = pane.Counted >= firing.Count ? 0 : pane.Counted;
            return pane.Counted == 0;
        }

        if (pane.MaxTime <= _watermark)
        {
            return true;
        }

        pane.Timers.Add(pane.MaxTime);
        if (firing.Interval > 0 && pane.NextFire is null)
        {
            FireNext(pane, taken.Time - (taken.Time % firing.Interval));
        }

        return false;
    }

    private bool IsFiredAt(long time, NaivePane pane)
    {
        if (firing.Count > 0)
        {
            return false;
        }

        if (time == pane.MaxTime)
        {
            return true;
        }

        if (firing.Interval > 0 && time == pane.NextFire)
        {
            FireNext(pane, time);
            return true;
        }

        return false;
    }

    private void FireNext(NaivePane pane, long from)
    {
        pane.NextFire = Math.Min(from + firing.Interval, pane.MaxTime);
        pane.Timers.Add(pane.NextFire.Value);
    }

    private NaivePane Find(string key, long start, long end)
    {
        var pane = _panes.Find(pane => pane.Key == key && pane.Start == start && pane.End == end);
        if (pane is null)
        {
            _panes.Add(pane = new NaivePane(key, start, end));
        }

        return pane;
    }

    /// <summary>The session that a record's own window makes of all that it touches: their contents, counts and timers.</summary>
    private NaivePane Merged(string key, long start, long end)
    {
        var parts = _panes.FindAll(pane => pane.Key == key && pane.Start <= end && start <= pane.End);
        if (parts is [var only] && only.Start <= start && end <= only.End)
        {
            return only;
        }

        _panes.RemoveAll(parts.Contains);
        var merged = Find(key, parts.Select(pane => pane.Start).Append(start).Min(), parts.Select(pane => pane.End).Append(end).Max());
        merged.Values.AddRange(parts.SelectMany(pane => pane.Values));
        merged.Counted = parts.Sum(pane => pane.Counted);
        merged.NextFire = parts.Min(pane => pane.NextFire);
        if (parts.Count > 0 && firing.Count == 0 && merged.MaxTime > _watermark)
        {
            merged.Timers.Add(merged.MaxTime);
        }

        if (merged.NextFire is { } next)
        {
            merged.Timers.Add(next);
        }

        return merged;
    }

    private long CleanUpOf(NaivePane pane) => pane.MaxTime + lateness;

    private bool IsOver(long end) => end - 1 + lateness <= _watermark;

    private void Fire(NaivePane pane)
    {
        // What has been emptied has nothing to tell.
        if (pane.Values.Count > 0)
        {
            _outcomes.Add(new Outcome(pane.Key, pane.Start, pane.End, pane.Values.Count, pane.Values.Sum()));
        }

        if (firing.IsPurging)
        {
            pane.Values.Clear();
        }
    }
}
