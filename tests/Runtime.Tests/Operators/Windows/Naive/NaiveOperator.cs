using System.Text.Json;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>
/// The rules of windows word by word (semantics R1 to R9, and the page of the golden scripts): a list of open windows, gone through for each
/// record and each timer. It says what random scripts must give; that it says so rightly, the golden scripts show.
/// </summary>
/// <param name="test">The case.</param>
internal sealed class NaiveOperator(GoldenCase test) : IGoldenOperator
{
    private readonly JsonElement _operator = test.Operator;
    private readonly NaiveClock _now = new();
    private readonly List<NaivePane> _panes = [];
    private readonly List<string> _output = [];
    private readonly Dictionary<long, int> _keyFires = [];
    private int _arrivals;

    private readonly JsonElement _assigner = test.Operator.GetProperty("assigner");
    private readonly bool _isEventTime = test.Operator.GetProperty("assigner").GetProperty("time").GetString() == "event";
    private readonly bool _isMerging =
        test.Operator.GetProperty("assigner").GetProperty("type").GetString()!.EndsWith("session", StringComparison.Ordinal);

    private readonly long _lateness = test.Operator.GetProperty("lateness").GetInt64();

    private NaiveTrigger Trigger =>
        field ??= new(_operator.GetProperty("trigger"), _assigner.GetProperty("time").GetString()!, _now);

    public IEnumerable<string> Take(JsonElement step)
    {
        _output.Clear();
        switch (step[0].GetString())
        {
            case "el":
                OnElement(step[1].GetInt64(), step[2].GetInt64(), step[3].ValueKind == JsonValueKind.Null ? null : step[3].GetInt64());
                break;
            case "wm":
                _now.Watermark = step[1].GetInt64();
                FireTimers(pane => pane.EventTimers, _now.Watermark, isEvent: true);
                _output.Add($"[\"wm\",{_now.Watermark}]");
                break;
            case "pt":
                _now.Clock = step[1].GetInt64();
                FireTimers(pane => pane.ProcessingTimers, _now.Clock, isEvent: false);
                break;
            case "restore":
                _now.Watermark = long.MinValue;
                break;
            case var other:
                throw new JsonException($"The step '{other}' is not known.");
        }

        return [.. _output];
    }

    public void Restore()
    {
    }

    public string? Check(GoldenCase played, int step) => null;

    private void OnElement(long key, long value, long? timestamp)
    {
        var isAnywhere = false;
        foreach (var (start, end) in NaiveAssigner.Of(_assigner, value, _isEventTime ? timestamp : _now.Clock))
        {
            var pane = _isMerging ? Merged(key, start, end) : Find(key, start, end);
            if (_isEventTime && CleanupOf(pane) <= _now.Watermark)
            {
                _panes.Remove(pane);
                continue;
            }

            isAnywhere = true;
            pane.Records.Add((value, timestamp, _arrivals++));
            Obey(pane, Trigger.OnElement(pane, value, timestamp));
            if (CleanupOf(pane) is var cleanup && cleanup != long.MaxValue)
            {
                (_isEventTime ? pane.EventTimers : pane.ProcessingTimers).Add(cleanup);
            }
        }

        var time = timestamp ?? long.MinValue;
        if (!isAnywhere && _isEventTime && (Int128)time + _lateness <= _now.Watermark && _operator.GetProperty("late_output").GetBoolean())
        {
            _output.Add($"[\"side\",\"late\",{key},{value},{Text(timestamp)}]");
        }
    }

    private void FireTimers(Func<NaivePane, SortedSet<long>> timers, long time, bool isEvent)
    {
        while (_panes.Where(pane => timers(pane).Count > 0).MinBy(pane => timers(pane).Min) is { } pane && timers(pane).Min <= time)
        {
            var at = timers(pane).Min;
            timers(pane).Remove(at);
            Obey(pane, isEvent ? Trigger.OnEventTime(pane, at) : Trigger.OnProcessingTime(pane, at));
            if (_isEventTime == isEvent && at == CleanupOf(pane))
            {
                // What its trigger has registered besides is found without a window, and the trigger then says what it says of any.
                _panes.Remove(pane);
            }
        }
    }

    private void Obey(NaivePane pane, TriggerResult result)
    {
        if (result is TriggerResult.Fire or TriggerResult.FireAndPurge && pane.Records.Count > 0)
        {
            Fire(pane);
        }

        if (result is TriggerResult.Purge or TriggerResult.FireAndPurge)
        {
            pane.Records.Clear();
        }
    }

    private void Fire(NaivePane pane)
    {
        var evictor = _operator.GetProperty("evictor");
        var when = evictor.ValueKind == JsonValueKind.Null ? null : evictor.GetProperty("when").GetString();
        pane.Records = when == "before" ? NaiveAssigner.Evicted(evictor, pane.Records) : pane.Records;
        var values = pane.Records.Select(record => record.Value).ToList();
        var list = $"[{string.Join(',', values)}]";
        var result = _operator.GetProperty("function").GetString() switch
        {
            "sum_reduce" => values.Count == 0 ? "null" : Text(values.Sum()),
            "sum_aggregate" => Text(values.Sum()),
            "list" => list,
            _ => $"{{\"values\":{list},\"window_fires\":{++pane.Fires},\"key_fires\":{KeyFires(pane.Key)},\"wm\":{_now.Watermark},"
                + $"\"pt\":{_now.Clock}}}",
        };
        var window = pane.IsGlobal ? "null,null" : $"{pane.Start},{pane.End}";
        _output.Add($"[\"out\",{pane.Key},{result},{window},{pane.MaxTime}]");
        pane.Records = when == "after" ? NaiveAssigner.Evicted(evictor, pane.Records) : pane.Records;
    }

    private int KeyFires(long key) => _keyFires[key] = _keyFires.GetValueOrDefault(key) + 1;

    private NaivePane Find(long key, long start, long end)
    {
        var pane = _panes.Find(pane => pane.Key == key && pane.Start == start && pane.End == end);
        if (pane is null)
        {
            _panes.Add(pane = new NaivePane(key, start, end));
        }

        return pane;
    }

    // The session that a record's own window makes of all that it touches, and what their triggers remember. Flink puts contents together
    // in no particular order: an evictor sees ours in order of arrival.
    private NaivePane Merged(long key, long start, long end)
    {
        var parts = _panes.FindAll(pane => pane.Key == key && pane.Start <= end && start <= pane.End);
        if (parts is [var only] && only.Start <= start && end <= only.End)
        {
            return only;
        }

        _panes.RemoveAll(parts.Contains);
        var merged = Find(key, parts.Select(pane => pane.Start).Append(start).Min(), parts.Select(pane => pane.End).Append(end).Max());
        merged.Records.AddRange(parts.SelectMany(pane => pane.Records).OrderBy(record => record.Arrival));
        if (parts.Count > 0)
        {
            if (_isEventTime ? CleanupOf(merged) <= _now.Watermark : merged.MaxTime <= _now.Clock)
            {
                throw new InvalidOperationException("Windows became one that has ended already.");
            }

            Trigger.Merge(merged, parts);
        }

        return merged;
    }

    private long CleanupOf(NaivePane pane) => _isEventTime
        ? (long)Int128.Min((Int128)pane.MaxTime + _lateness, long.MaxValue)
        : pane.MaxTime;

    private static string Text(long? number) =>
        number is { } one ? one.ToString(System.Globalization.CultureInfo.InvariantCulture) : "null";
}
