using System.Diagnostics;

namespace Weir.KafkaLog.Client;

/// <summary>Makes warnings of a job of what its clients tell: each kind of error once a minute, however often the client tries.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="warn">What is told.</param>
internal sealed class ClientNotices(KafkaConnection connection, Action<string> warn)
{
    private const int WarningLevel = 4;

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    // What errors say as well; and what the client does of its own accord while a broker is taken over.
    private static readonly string[] Known = ["FAIL", "ERROR", "GETPID", "TERMINATE", "TERM"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>Gets what the clients are given.</summary>
    public ClientEvents Events => new()
    {
        Token = connection.Token,
        OnError = OnError,
        OnLog = OnLog,
        OnCommitFailed = error => Tell(
            $"commit {error.Code}",
            $"Positions could not be committed for the group at Kafka {connection.Servers}: {error}. Tools see old ones; the job itself "
                + $"does not read them.{Refusals.Advice(error, connection.Principal)}"),
    };

    private void OnError(KafkaError error)
    {
        if (!error.IsFatal)
        {
            Tell(
                $"error {error.Code}",
                error.Code == ErrorCodes.AllBrokersDown
                    ? $"No broker of Kafka {connection.Servers} is reached: {error}. The client goes on trying."
                    : $"The client of Kafka {connection.Servers} says: {error}. It goes on trying."
                        + $"{Refusals.Advice(error, connection.Principal)}");
        }
    }

    private void OnLog(int level, string facility, string text)
    {
        if (level <= WarningLevel && !Known.Contains(facility))
        {
            Tell($"log {facility}", $"The client of Kafka {connection.Servers} says: {text}");
        }
    }

    private void Tell(string kind, string text)
    {
        lock (_lock)
        {
            if (_told.TryGetValue(kind, out var last) && Stopwatch.GetElapsedTime(last) < Silence)
            {
                return;
            }

            _told[kind] = Stopwatch.GetTimestamp();
        }

        warn(text);
    }
}
