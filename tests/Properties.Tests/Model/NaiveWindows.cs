namespace Weir.Properties.Tests.Model;

/// <summary>
/// The rules of windows of event time, word by word (semantics R2 to R7): a list of open windows, gone through for each record and each
/// watermark.
/// </summary>
/// <param name="windows">The windows.</param>
/// <param name="lateness">How long behind its end a window is kept.</param>
public sealed class NaiveWindows(WindowsOf windows, long lateness)
{
    private readonly List<Pane> _panes = [];
    private readonly List<Outcome> _outcomes = [];
    private long _watermark = long.MinValue;

    /// <summary>Everything that came out, early, on time, again and late.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>All of a stream whose watermark goes on with each record, and to the end of time behind the last.</summary>
    public static IReadOnlyList<Outcome> Run(WindowsOf windows, long lateness, IEnumerable<Event> events, long disorder)
    {
        var naive = new NaiveWindows(windows, lateness);
        foreach (var taken in events)
        {
            naive.OnRecord(taken);
            naive.OnWatermark(Math.Max(naive._watermark, taken.Time - disorder - 1));
        }

        naive.OnWatermark(long.MaxValue);
        return naive.Outcomes;
    }

    public void OnRecord(Event taken)
    {
        var isAnywhere = false;
        foreach (var (start, end) in windows.Of(taken.Time))
        {
            // What is merged counts: a record that extends a live session is not late.
            var merged = windows.Gap is null ? [] : Touching(taken.Key, start, end);
            var (from, to) = (merged.Select(pane => pane.Start).Append(start).Min(), merged.Select(pane => pane.End).Append(end).Max());
            if (IsOver(to))
            {
                continue;
            }

            isAnywhere = true;
            _panes.RemoveAll(merged.Contains);
            var pane = windows.Gap is null ? _panes.Find(pane => pane.Key == taken.Key && pane.Start == from && pane.End == to) : null;
            if (pane is null)
            {
                _panes.Add(pane = new Pane(taken.Key, from, to));
            }

            pane.Values.AddRange(merged.SelectMany(pane => pane.Values));
            pane.Values.Add(taken.Value);
            if (to - 1 <= _watermark)
            {
                Fire(pane);
            }
        }

        if (!isAnywhere && IsBehind(taken.Time))
        {
            _outcomes.Add(new Outcome(taken.Key, taken.Time, Outcome.LateEnd, 1, taken.Value));
        }
    }

    public void OnWatermark(long watermark)
    {
        foreach (var pane in _panes.Where(pane => pane.End - 1 > _watermark && pane.End - 1 <= watermark))
        {
            Fire(pane);
        }

        _watermark = watermark;
        _panes.RemoveAll(pane => IsOver(pane.End));
    }

    private List<Pane> Touching(string key, long start, long end) =>
        _panes.FindAll(pane => pane.Key == key && pane.Start <= end && start <= pane.End);

    private bool IsOver(long end) => end - 1 + lateness <= _watermark;

    private bool IsBehind(long time) => time + lateness <= _watermark;

    private void Fire(Pane pane) => _outcomes.Add(new Outcome(pane.Key, pane.Start, pane.End, pane.Values.Count, pane.Values.Sum()));

    private sealed record Pane(string Key, long Start, long End)
    {
        public List<int> Values { get; } = [];
    }
}
