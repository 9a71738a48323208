using System.Globalization;

namespace Weir.Databases;

/// <summary>Notices in time that a transaction nears a limit. Pure but for its lock: times in, warnings out.</summary>
/// <param name="warnAfter">How long a prepared transaction may wait in silence.</param>
/// <param name="target">The table and where it is.</param>
internal sealed class TransactionWatch(TimeSpan warnAfter, string target)
{
    // A warning at half of the time leaves as much to do something about it.
    private const double Share = 0.5;

    private readonly Lock _lock = new();
    private readonly List<Waiting> _prepared = [];
    private TimeLimit? _idleLimit;
    private TimeLimit? _limit;
    private TimeSpan? _begun;
    private TimeSpan _last;
    private bool _hasWarnedOfOpen;

    /// <summary>The limits of the server are known.</summary>
    /// <param name="idle">After how long without a command the server ends a session that has a transaction open; null for never.</param>
    /// <param name="transaction">How long a transaction may last before it is prepared; null for as long as it likes.</param>
    public void Limits(TimeLimit? idle, TimeLimit? transaction)
    {
        lock (_lock)
        {
            (_idleLimit, _limit) = (idle, transaction);
        }
    }

    /// <summary>Gets how often to look: a few times within the shortest limit.</summary>
    public TimeSpan Period
    {
        get
        {
            lock (_lock)
            {
                var shortest = new[] { warnAfter, _idleLimit?.Time ?? warnAfter, _limit?.Time ?? warnAfter }.Min() / 8;
                var (least, most) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));
                return shortest < least ? least : shortest > most ? most : shortest;
            }
        }
    }

    /// <summary>A transaction has begun on the server.</summary>
    public void Begun(TimeSpan now)
    {
        lock (_lock)
        {
            (_begun, _last, _hasWarnedOfOpen) = (now, now, false);
        }
    }

    /// <summary>The server has been told something within it.</summary>
    public void Sent(TimeSpan now)
    {
        lock (_lock)
        {
            _last = now;
        }
    }

    /// <summary>It is open no more.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _begun = null;
        }
    }

    /// <summary>It was prepared, and waits for its checkpoint.</summary>
    public void Prepared(string name, TimeSpan now)
    {
        lock (_lock)
        {
            _begun = null;
            _prepared.Add(new Waiting(name, now));
        }
    }

    /// <summary>It was committed.</summary>
    public void Committed(string name)
    {
        lock (_lock)
        {
            _prepared.RemoveAll(waiting => waiting.Name == name);
        }
    }

    /// <summary>What the user should hear of now. Each thing once.</summary>
    public IReadOnlyList<string> Look(TimeSpan now)
    {
        lock (_lock)
        {
            List<string> warnings = [];
            if (OfOpen(now) is { } open)
            {
                _hasWarnedOfOpen = true;
                warnings.Add(open);
            }

            if (_prepared.Where(waiting => !waiting.IsTold && now - waiting.Since >= warnAfter).ToList() is { Count: > 0 } old)
            {
                old.ForEach(static waiting => waiting.IsTold = true);
                warnings.Add(
                    $"{(old.Count == 1 ? "A prepared transaction" : $"{old.Count} prepared transactions")} for {target} "
                        + $"{(old.Count == 1 ? "has" : "have")} waited for {Text(now - old[0].Since)}: no checkpoint has completed that "
                        + $"commits {(old.Count == 1 ? "it" : "them")}. Locks are held, and the server cannot clean up behind "
                        + $"'{old[0].Name}'. Look why checkpoints fail.");
            }

            return warnings;
        }
    }

    private string? OfOpen(TimeSpan now)
    {
        if (_begun is not { } begun || _hasWarnedOfOpen)
        {
            return null;
        }

        if (_idleLimit is { } idle && now - _last >= idle.Time * Share)
        {
            return $"The open transaction for {target} has been idle for {Text(now - _last)}{Ending(idle)}";
        }

        return _limit is { } limit && now - begun >= limit.Time * Share
            ? $"The open transaction for {target} has lasted for {Text(now - begun)}{Ending(limit)}"
            : null;
    }

    private static string Ending(TimeLimit limit) =>
        $", and the server ends it after {Text(limit.Time)} ({limit.Setting}): the job would go back to its newest checkpoint then. Take "
            + $"checkpoints more often, or raise the limit: {limit.Advice}.";

    private static string Text(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");

    private sealed class Waiting(string name, TimeSpan since)
    {
        public string Name => name;

        public TimeSpan Since => since;

        public bool IsTold { get; set; }
    }
}

/// <summary>A limit that the server sets to a transaction.</summary>
/// <param name="Time">How long.</param>
/// <param name="Setting">What the setting is called.</param>
/// <param name="Advice">How to raise it.</param>
internal readonly record struct TimeLimit(TimeSpan Time, string Setting, string Advice);
