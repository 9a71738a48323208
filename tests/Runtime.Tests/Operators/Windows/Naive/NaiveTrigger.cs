using System.Text.Json;

namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>What a trigger of the golden scripts decides, word by word of their page.</summary>
/// <param name="trigger">The trigger, as the case has it.</param>
/// <param name="time">The time of the windows: what the default means.</param>
/// <param name="now">The watermark and the clock.</param>
internal sealed class NaiveTrigger(JsonElement trigger, string time, NaiveClock now)
{
    private readonly string _type = trigger.GetProperty("type").GetString() is var type && type == "default" ? $"{time}_time" : type!;
    private readonly NaiveTrigger? _of = trigger.TryGetProperty("of", out var of) ? new(of, time, now) : null;

    public TriggerResult OnElement(NaivePane pane, long value, long? timestamp)
    {
        switch (_type)
        {
            case "purging":
                return Purging(_of!.OnElement(pane, value, timestamp));
            case "event_time":
                return AtEnd(pane);
            case "processing_time":
                pane.ProcessingTimers.Add(pane.MaxTime);
                return TriggerResult.Wait;
            case "count":
                pane.Counted++;
                if (pane.Counted < Number("n"))
                {
                    return TriggerResult.Wait;
                }

                pane.Counted = 0;
                return TriggerResult.Fire;
            case "delta":
                return Differs(pane, value);
            case "continuous_event_time":
                var result = AtEnd(pane);
                if (result == TriggerResult.Wait && pane.NextFire is null)
                {
                    var ts = timestamp ?? long.MinValue;
                    FireNext(pane, pane.EventTimers, ts - (ts % Number("interval")));
                }

                return result;
            case "continuous_processing_time":
                if (pane.NextFire is null)
                {
                    FireNext(pane, pane.ProcessingTimers, now.Clock - (now.Clock % Number("interval")));
                    pane.ProcessingTimers.Add(pane.NextFire!.Value);
                }

                return TriggerResult.Wait;
            case "processing_timeout":
                return OrTimeout(pane, _of!.OnElement(pane, value, timestamp));
            default:
                throw new JsonException($"The trigger '{_type}' is not known.");
        }
    }

    public TriggerResult OnEventTime(NaivePane pane, long at)
    {
        switch (_type)
        {
            case "purging":
                return Purging(_of!.OnEventTime(pane, at));
            case "processing_timeout":
                return OnAnyTimer(pane, _of!.OnEventTime(pane, at));
            case "event_time" when at == pane.MaxTime:
            case "continuous_event_time" when at == pane.MaxTime:
                return TriggerResult.Fire;
            case "continuous_event_time" when at == pane.NextFire:
                FireNext(pane, pane.EventTimers, at);
                return TriggerResult.Fire;
            default:
                return TriggerResult.Wait;
        }
    }

    public TriggerResult OnProcessingTime(NaivePane pane, long at)
    {
        switch (_type)
        {
            case "purging":
                return Purging(_of!.OnProcessingTime(pane, at));
            case "processing_timeout":
                return OnAnyTimer(pane, _of!.OnProcessingTime(pane, at));
            case "processing_time":
                return TriggerResult.Fire;
            case "continuous_processing_time" when at == pane.NextFire:
                FireNext(pane, pane.ProcessingTimers, at);
                return TriggerResult.Fire;
            default:
                return TriggerResult.Wait;
        }
    }

    /// <summary>Windows have become one.</summary>
    public void Merge(NaivePane merged, IReadOnlyList<NaivePane> parts)
    {
        switch (_type)
        {
            case "purging":
                _of!.Merge(merged, parts);
                break;
            case "event_time" when merged.MaxTime > now.Watermark:
                merged.EventTimers.Add(merged.MaxTime);
                break;
            case "processing_time" when merged.MaxTime > now.Clock:
                merged.ProcessingTimers.Add(merged.MaxTime);
                break;
            case "count":
                merged.Counted = parts.Sum(part => part.Counted);
                break;
            case "continuous_event_time" or "continuous_processing_time":
                merged.NextFire = parts.Min(part => part.NextFire);
                if (merged.NextFire is { } next)
                {
                    (_type == "continuous_event_time" ? merged.EventTimers : merged.ProcessingTimers).Add(next);
                }

                break;
            default:
                break;
        }
    }

    private static TriggerResult Purging(TriggerResult result) => result == TriggerResult.Fire ? TriggerResult.FireAndPurge : result;

    private TriggerResult AtEnd(NaivePane pane)
    {
        if (pane.MaxTime <= now.Watermark)
        {
            return TriggerResult.Fire;
        }

        pane.EventTimers.Add(pane.MaxTime);
        return TriggerResult.Wait;
    }

    private TriggerResult Differs(NaivePane pane, long value)
    {
        if (pane.LastValue is not { } last || !(value - last > trigger.GetProperty("threshold").GetDouble()))
        {
            pane.LastValue ??= value;
            return TriggerResult.Wait;
        }

        pane.LastValue = value;
        return TriggerResult.Fire;
    }

    private void FireNext(NaivePane pane, SortedSet<long> timers, long from)
    {
        // At the end of the stream a window without end has one more time, the last. None fires for ever at its end.
        var isOver = now.Watermark == long.MaxValue && timers == pane.EventTimers && pane.MaxTime == long.MaxValue;
        pane.NextFire = isOver ? pane.MaxTime : (long)Int128.Min((Int128)from + Number("interval"), pane.MaxTime);
        if (pane.NextFire > from || timers == pane.EventTimers)
        {
            timers.Add(pane.NextFire.Value);
        }
    }

    private TriggerResult OrTimeout(NaivePane pane, TriggerResult result)
    {
        if (result is TriggerResult.Fire or TriggerResult.FireAndPurge)
        {
            Forget(pane);
            return result;
        }

        if (pane.Timeout is { } before && trigger.GetProperty("reset_on_element").GetBoolean())
        {
            pane.ProcessingTimers.Remove(before);
            pane.Timeout = null;
        }

        if (pane.Timeout is null)
        {
            pane.Timeout = now.Clock + Number("timeout");
            pane.ProcessingTimers.Add(pane.Timeout.Value);
        }

        return result;
    }

    private TriggerResult OnAnyTimer(NaivePane pane, TriggerResult result)
    {
        if (trigger.GetProperty("clear_on_timeout").GetBoolean())
        {
            Forget(pane);
        }

        return result is TriggerResult.Purge or TriggerResult.FireAndPurge ? TriggerResult.FireAndPurge : TriggerResult.Fire;
    }

    // Timeouts are of triggers that count, in the scripts.
    private static void Forget(NaivePane pane)
    {
        if (pane.Timeout is { } timer)
        {
            pane.ProcessingTimers.Remove(timer);
            pane.Timeout = null;
        }

        pane.Counted = 0;
    }

    private long Number(string name) => trigger.GetProperty(name).GetInt64();
}
