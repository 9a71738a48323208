using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Health;

/// <summary>
/// Degraded when no broker of a cluster answers, a partition with more to read stands still, or an open transaction is near its time-out.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="watches">What the jobs of the host do there.</param>
/// <param name="time">The clock.</param>
internal sealed class KafkaCheck(KafkaConnection connection, KafkaWatches watches, TimeProvider time) : IHealthCheck, IDisposable
{
    private const int Named = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Standstills _standstills = new();
    private Cluster? _cluster;
    private bool _isDisposed;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(context.Registration.FailureStatus), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _cluster?.Dispose();
            _cluster = null;
        }
    }

    private HealthCheckResult Check(HealthStatus failureStatus)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var lags = watches.Lags(connection.Servers);
            var bad = new List<string>();
            if (Unreachable() is { } cause)
            {
                bad.Add(cause);
            }

            bad.AddRange(Standing(_standstills.Look(lags, time.GetUtcNow())));
            bad.AddRange(watches.Open(connection.Servers)
                .Where(open => TransactionWatch.Judge(open.Age, open.Watch.Limit) == AgeAdvice.Alarm)
                .Select(open => open.Watch.Complaint(open.Age)));
            var data = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["partitions"] = lags.Count,
                ["lag"] = lags.Sum(lag => lag.Records),
            };
            return bad.Count == 0
                ? HealthCheckResult.Healthy($"Kafka {connection.Servers} answers, and no partition stands still.", data)
                : new HealthCheckResult(failureStatus, string.Join(' ', bad), data: data);
        }
    }

    private IEnumerable<string> Standing(IReadOnlyList<(Reading.PartitionLag Lag, TimeSpan For)> standing)
    {
        foreach (var (lag, time) in standing.OrderByDescending(found => found.Lag.Records).Take(Named))
        {
            yield return $"{lag.Place} at Kafka {connection.Servers} stands at offset {lag.Position} for {time.TotalSeconds:F0} s, and "
                + $"has {lag.Records} more to read: the job restarts (weir-progress), a function or a sink hangs (weir-live), the source "
                + "waits for others by its alignment, or a transaction that somebody has left open hides the rest "
                + "(kafka-transactions.sh find-hanging).";
        }

        if (standing.Count > Named)
        {
            yield return $"{standing.Count - Named} other partitions stand still, too.";
        }
    }

    private string? Unreachable()
    {
        try
        {
            _cluster ??= new Cluster(connection.ForAdmin(), new ClientNotices(connection, static _ => { }).Events, Patience);
            _cluster.Reach();
            return null;
        }
        catch (KafkaClientException failure)
        {
            return $"No broker of Kafka {connection.Servers} answers within {Patience.TotalSeconds:F0} s ({failure.Error.Name}): nothing "
                + "is read or written there until one does. See that the brokers run, that the address is right, and that "
                + "security.protocol and its credentials are those of that port.";
        }
    }
}
