using System.Diagnostics;
using System.Diagnostics.Metrics;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Telemetry;

/// <summary>The transactions of a job at the cluster that decides: the age of the open one, how they end, how long a commit
/// takes.</summary>
internal sealed class TransactionFigures
{
    private readonly MessagingMeter? _meter;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter of the run; null where nobody measures.</param>
    /// <param name="age">How old the open transaction is; null if none is open.</param>
    public TransactionFigures(Meter? meter, Func<TimeSpan?> age)
    {
        _meter = MessagingMeter.Of(meter);
        meter?.CreateObservableGauge(
            "weir.kafka.transaction.age",
            () => age() is { } open ? [new Measurement<double>(open.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "Since the open transaction began");
    }

    /// <summary>How a lost transaction ended. Pure.</summary>
    public static string OutcomeOf(KafkaError error) =>
        error.IsFenced ? "fenced"
        : error.IsRetriable ? "unknown"
        : "aborted";

    /// <summary>A commit was answered.</summary>
    /// <param name="begun">The timestamp at which it was first asked for.</param>
    /// <param name="error">Why it failed for good; null if it did not.</param>
    public void OnCommit(long begun, KafkaError? error)
    {
        _meter?.Duration.Record(
            Stopwatch.GetElapsedTime(begun).TotalSeconds, MessagingMeter.Tags("commit", null, ("error.type", error?.Name)));
        if (error is null)
        {
            _meter?.Outcomes.Add(1, new KeyValuePair<string, object?>("outcome", "committed"));
        }
    }

    /// <summary>A transaction was lost.</summary>
    public void OnLost(KafkaError error) => _meter?.Outcomes.Add(1, new("outcome", OutcomeOf(error)), new("error.type", error.Name));

    /// <summary>A transaction was given up at the end of its attempt.</summary>
    public void OnGivenUp() => _meter?.Outcomes.Add(1, new KeyValuePair<string, object?>("outcome", "aborted"));
}
