namespace Weir.PostgreSql.Reading;

/// <summary>Up to which cursor a table may be read without missing a row. Pure: what the server says goes in.</summary>
/// <remarks>
/// <para>Cursors are taken before their rows are committed. So a row may appear below one that has been read: of a transaction that took
/// its number earlier and ended later. Who reads behind the greatest number would never see it.</para>
/// <para>An INSERT takes the lock of the table, and then the number. Whoever took a number below the greatest that is visible at some
/// moment either has ended, or holds the lock at that moment. So: look for the greatest number first, then for who holds the lock; when all
/// those have ended, no row below that number will appear any more. Nobody is locked out meanwhile, and transactions that began later do
/// not matter.</para>
/// </remarks>
internal sealed class SettledCursor
{
    private HashSet<string>? _writers;
    private long _candidate;
    private bool _hasLostNames;

    /// <summary>Gets up to where may be read.</summary>
    public long UpTo { get; private set; } = long.MinValue;

    /// <summary>Gets whether a cursor waits for writers to end.</summary>
    public bool IsWaiting => _writers is not null;

    /// <summary>A greater cursor has been seen, and then these writers.</summary>
    public void Saw(long greatest, IEnumerable<string> writers)
    {
        _candidate = greatest;
        _writers = [.. writers];
        Settle();
    }

    /// <summary>These writers are there now.</summary>
    public void Now(IReadOnlySet<string> writers)
    {
        if (_hasLostNames)
        {
            _hasLostNames = false;
            _writers = [.. writers];
        }
        else
        {
            _writers!.IntersectWith(writers);
        }

        Settle();
    }

    /// <summary>
    /// The server may have restarted: a prepared transaction that was waited for goes on, under another name. Whoever writes then is waited
    /// for, in place of those.
    /// </summary>
    public void LoseNames() => _hasLostNames = IsWaiting;

    private void Settle()
    {
        if (_writers!.Count == 0)
        {
            UpTo = _candidate;
            _writers = null;
        }
    }
}
