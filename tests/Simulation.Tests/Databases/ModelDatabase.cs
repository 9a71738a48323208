using System.Runtime.CompilerServices;
using System.Text;
using Weir.Runtime.Files.Disk;
using Weir.Testing;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Databases;

/// <summary>
/// A database beside the simulated files, with sessions, transactions that can be prepared, and what each kind of server remembers of those
/// that have ended. What it has prepared or committed is durable. It does not know processes: a session stays until somebody ends it,
/// however dead its client is.
/// </summary>
/// <param name="machine">Shows committed rows as files, and prepared ones as hidden files, so that what looks at outputs can look at
/// these.</param>
internal sealed class ModelDatabase(SimulatedFileSystem machine)
{
    public const string Directory = "/out/database";

    private static readonly ConditionalWeakTable<SimulatedFileSystem, ModelDatabase> All = [];

    private readonly Dictionary<long, Session> _sessions = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _fates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);
    private long _newestAttempt;
    private long _next;

    /// <summary>Gets the names of the prepared transactions.</summary>
    public IReadOnlyList<string> Prepared => [.. _prepared.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The database of a machine, as one process sees it: each call may fail, its answer may get lost, or it may be the process's
    /// last.</summary>
    public static ModelConnection Of(IFileSystem files)
    {
        var process = files as ProcessFiles;
        var found = (SimulatedFileSystem)(process?.Machine ?? files);
        return new ModelConnection(All.GetValue(found, made => new ModelDatabase(made)), process);
    }

    /// <summary>Opens a session, which a later attempt can find.</summary>
    /// <exception cref="IOException">A later attempt has shut out this one.</exception>
    public long Open(long attempt)
    {
        if (attempt < _newestAttempt)
        {
            throw new IOException($"attempt {_newestAttempt} has taken over");
        }

        _sessions.Add(++_next, new Session(attempt, []));
        return _next;
    }

    public bool Insert(long session, IEnumerable<string> rows)
    {
        SessionOf(session).Rows.AddRange(rows);
        return true;
    }

    /// <summary>Prepares what a session has inserted. Ends the session.</summary>
    public bool Prepare(long session, string name)
    {
        var rows = SessionOf(session).Rows;
        if (_prepared.ContainsKey(name))
        {
            throw new InvalidOperationException($"A transaction '{name}' is prepared already.");
        }

        _sessions.Remove(session);
        _prepared.Add(name, rows);
        machine.Put($"{Directory}/.{name}", []);
        return true;
    }

    public bool Close(long session) => _sessions.Remove(session);

    /// <summary>Commits a prepared transaction; whether there is one.</summary>
    public bool Commit(string name) => End(name, isCommitted: true);

    /// <summary>Rolls a prepared transaction back; whether there is one.</summary>
    public bool RollBack(string name) => End(name, isCommitted: false);

    /// <summary>What became of a transaction: true for committed, false for rolled back, null for unknown. Some servers remember.</summary>
    public bool? FateOf(string name) => _fates.TryGetValue(name, out var isCommitted) ? isCommitted : null;

    /// <summary>Whether a row is there by which a transaction is remembered.</summary>
    public bool HasMarker(string name) => _markers.Contains(name);

    /// <summary>Inserts rows and a marker in one plain transaction.</summary>
    /// <returns>False if the marker was there already, and nothing has been inserted.</returns>
    public bool InsertOnce(string marker, IReadOnlyList<string> rows)
    {
        if (!_markers.Add(marker))
        {
            return false;
        }

        Show(marker, rows);
        return true;
    }

    /// <summary>Ends the sessions of earlier attempts, and lets them open no others.</summary>
    public bool EndSessions(long before)
    {
        _newestAttempt = Math.Max(_newestAttempt, before);
        foreach (var old in _sessions.Where(pair => pair.Value.Attempt < before).Select(pair => pair.Key).ToList())
        {
            _sessions.Remove(old);
        }

        return true;
    }

    private bool End(string name, bool isCommitted)
    {
        if (!_prepared.Remove(name, out var rows))
        {
            return false;
        }

        _fates[name] = isCommitted;
        if (isCommitted)
        {
            _markers.Add(name);
            Show(name, rows);
        }

        machine.DeleteFile($"{Directory}/.{name}");
        machine.SyncDirectory(Directory);
        return true;
    }

    private void Show(string name, IReadOnlyList<string> rows) =>
        machine.Put($"{Directory}/{name}.jsonl", Encoding.UTF8.GetBytes(string.Concat(rows)));

    private Session SessionOf(long session) =>
        _sessions.TryGetValue(session, out var found) ? found : throw new IOException("the server has ended this session");

    private sealed record Session(long Attempt, List<string> Rows);
}

/// <summary>A database as one process sees it.</summary>
/// <param name="database">The database.</param>
/// <param name="process">What stands before each call; null for nothing.</param>
internal sealed class ModelConnection(ModelDatabase database, ProcessFiles? process)
{
    public T Call<T>(string what, Func<ModelDatabase, T> call) =>
        process is null ? call(database) : process.Call(what, ModelDatabase.Directory, () => call(database));
}
