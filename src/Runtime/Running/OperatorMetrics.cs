using System.Diagnostics.Metrics;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Running;

/// <summary>The instruments of operators: read when somebody looks, one measurement for each operator that has what they tell.</summary>
/// <param name="time">The job's clock.</param>
/// <param name="figures">The operators as they are now, by id.</param>
internal sealed class OperatorMetrics(TimeProvider time, Func<IReadOnlyDictionary<string, OperatorFigures>> figures)
{
    /// <summary>Makes the instruments.</summary>
    public void AddTo(Meter meter)
    {
        Count(meter, "weir.operator.records_in", "{record}", "Records that came to an operator", one => one.RecordsIn);
        Count(meter, "weir.operator.records_out", "{record}", "Records that an operator handed on", one => one.RecordsOut);
        Count(meter, "weir.operator.late_records", "{record}", "Records dropped because their window had fired", one => one.Late);
        Count(meter, "weir.operator.malformed_records", "{record}", "Records that a source left out", one => one.Malformed);
        Count(meter, "weir.operator.failed_records", "{record}", "Records that a function threw on, and OnError took", one => one.Failed);
        Gauge<long>(meter, "weir.state.size", "By", "What the keyed state of an operator takes where it lives", one => one.State?.Bytes);
        Gauge<long>(meter, "weir.state.keys", "{entry}", "Entries of the keyed state of an operator", one => one.State?.Keys);
        Gauge<double>(
            meter, "weir.operator.watermark_delay", "s", "How far the event time of an operator is behind the clock", DelayOf);
        Gauge<long>(
            meter, "weir.source.idle_splits", "{split}", "Splits that are silent and that event time does not wait for",
            one => one.IdleSplits);
        Gauge<double>(
            meter, "weir.transaction.age", "s", "Since the oldest transaction of a sink began that has not ended",
            one => one.OldestTransaction is { } since ? time.GetElapsedTime(since).TotalSeconds : null);
        meter.CreateObservableCounter(
            "weir.transaction.outcome", () => figures().SelectMany(one => OutcomesOf(one.Key, one.Value.Outcomes)), "{transaction}",
            "How transactions of a sink have ended");
    }

    private void Count(Meter meter, string name, string unit, string text, Func<OperatorFigures, long?> value) =>
        meter.CreateObservableCounter(name, () => Measure(value), unit, text);

    private void Gauge<T>(Meter meter, string name, string unit, string text, Func<OperatorFigures, T?> value)
        where T : struct =>
        meter.CreateObservableGauge(name, () => Measure(value), unit, text);

    private IEnumerable<Measurement<T>> Measure<T>(Func<OperatorFigures, T?> value)
        where T : struct
    {
        foreach (var (id, one) in figures())
        {
            if (value(one) is { } measured)
            {
                yield return new Measurement<T>(measured, TagOf(id));
            }
        }
    }

    private double? DelayOf(OperatorFigures one) =>
        one.Watermark is { } watermark && JobMonitor.TimeOf(watermark) is { } reached ? (time.GetUtcNow() - reached).TotalSeconds : null;

    private static IEnumerable<Measurement<long>> OutcomesOf(string id, TransactionOutcomes? outcomes) => outcomes is not { } ended
        ? []
        :
        [
            new(ended.Committed, TagOf(id), new("outcome", "committed")),
            new(ended.Recovered, TagOf(id), new("outcome", "recovered")),
            new(ended.Aborted, TagOf(id), new("outcome", "aborted")),
        ];

    private static KeyValuePair<string, object?> TagOf(string id) => new("weir.operator", id);
}
