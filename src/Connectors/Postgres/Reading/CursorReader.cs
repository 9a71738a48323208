using Weir.Databases;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Reading;

/// <summary>Hands out the rows of a table. One page is asked for in the background while the one before it is handed out.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CursorReader<T> : ISplitReader<T>
{
    // For writers that are about to end.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    // How long a server may be away before the attempt fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CursorQuery<T> _query;
    private readonly PostgresReadOptions _options;
    private readonly SourceContext _context;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();

    // Of the background, one call at a time.
    private readonly SettledCursor _settled = new();
    private bool _isChecked;
    private long _asked;
    private bool _hasSeenAll;

    // Handed over under the lock.
    private List<(long Cursor, T Record)>? _ready;
    private bool _isAsking;
    private bool _isEnd;
    private TimeSpan? _pause;

    // Of the reader.
    private List<(long Cursor, T Record)> _page = [];
    private int _next;
    private long _read;

    public CursorReader(CursorQuery<T> query, long after, PostgresReadOptions options, SourceContext context)
    {
        _query = query;
        _options = options;
        _context = context;
        (_asked, _read) = (after, after);
        _timer = context.Time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Offset Offset => new(_read);

    public ReadStatus Read(Batch<T> batch)
    {
        while (!batch.IsFull)
        {
            if (_next == _page.Count && !TakePage(out var isEnd))
            {
                return isEnd ? ReadStatus.End : ReadStatus.Pending;
            }

            var (cursor, record) = _page[_next++];
            batch.Add(record);
            _read = cursor;
        }

        return ReadStatus.Available;
    }

    public void Dispose() => _timer.Dispose();

    // Of the background, like what it looks at.
    private bool HasReadAll => _options.EndsWhenRead && _hasSeenAll && !_settled.IsWaiting;

    private bool TakePage(out bool isEnd)
    {
        bool asks;
        lock (_lock)
        {
            var page = _ready;
            _ready = null;
            isEnd = page is null && _isEnd;
            if (page is not null)
            {
                (_page, _next) = (page, 0);
            }

            asks = !_isEnd && !_isAsking && _pause is null;
            _isAsking |= asks;
        }

        if (asks)
        {
            _context.Background($"reading {_query.Target}", AskAsync);
        }

        return _next < _page.Count;
    }

    private void Due()
    {
        lock (_lock)
        {
            _pause = null;
        }

        _context.Wake();
    }

    private async ValueTask AskAsync(CancellationToken cancellation)
    {
        var retry = new Retry(_context.Time, Patience);
        while (true)
        {
            try
            {
                await AskOnceAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (Failures.IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                _settled.LoseNames();
                if (retry.Waits == 0)
                {
                    _context.Warn($"Reading {_query.Target} failed, and is tried again: {Failures.TextOf(failure)}");
                }

                if (!await retry.WaitAsync(cancellation).ConfigureAwait(false))
                {
                    throw new IOException($"{_query.Target} cannot be read: {Failures.TextOf(failure)}", failure);
                }
            }
            catch (Exception refused) when (Failures.IsRefusal(refused))
            {
                throw new SourceException($"{_query.Target} cannot be read: {Failures.TextOf(refused)}", refused);
            }
        }
    }

    private async ValueTask AskOnceAsync(CancellationToken cancellation)
    {
        if (!_isChecked)
        {
            await _query.CheckAsync(cancellation).ConfigureAwait(false);
            _isChecked = true;
        }

        var page = new List<(long Cursor, T Record)>();
        while (page.Count == 0)
        {
            if (_settled.UpTo > _asked)
            {
                await _query.PageAsync(_asked, _settled.UpTo, page, cancellation).ConfigureAwait(false);
                _asked = page.Count < _options.PageRows ? _settled.UpTo : page[^1].Cursor;
            }
            else if (HasReadAll)
            {
                Answer(null, isEnd: true, pause: null);
                return;
            }
            else if (!await SettleAsync(cancellation).ConfigureAwait(false) && !HasReadAll)
            {
                Answer(null, isEnd: false, _settled.IsWaiting && Soon < _options.PollInterval ? Soon : _options.PollInterval);
                return;
            }
        }

        Answer(page, isEnd: false, pause: null);
    }

    /// <summary>Looks how far may be read.</summary>
    /// <returns>Whether that is further now.</returns>
    private async ValueTask<bool> SettleAsync(CancellationToken cancellation)
    {
        if (_settled.IsWaiting)
        {
            _settled.Now(await _query.WritersAsync(cancellation).ConfigureAwait(false));
        }
        else
        {
            var last = await _query.LastAsync(_asked, cancellation).ConfigureAwait(false);
            _hasSeenAll = true;
            if (last is { } greatest)
            {
                _settled.Saw(greatest, await _query.WritersAsync(cancellation).ConfigureAwait(false));
            }
        }

        return _settled.UpTo > _asked;
    }

    private void Answer(List<(long Cursor, T Record)>? page, bool isEnd, TimeSpan? pause)
    {
        lock (_lock)
        {
            (_ready, _isEnd, _isAsking, _pause) = (page, isEnd, false, pause);
        }

        if (pause is { } wait)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
