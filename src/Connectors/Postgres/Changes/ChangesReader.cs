namespace Weir.PostgreSql.Changes;

/// <summary>Hands out what the feed has fetched, and has it confirm what complete checkpoints hold.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ChangesReader<T> : ISplitReader<T>
{
    // How often a source that ends looks whether the log has been read up to its end.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    private readonly ChangeFeed<T> _feed;
    private readonly SourceContext _context;
    private readonly ITimer? _timer;
    private readonly LogPlace _place;
    private bool _hasBegun;

    public ChangesReader(ChangeFeed<T> feed, Offset offset, PostgresChangesOptions options, SourceContext context)
    {
        _feed = feed;
        _place = new LogPlace(offset);
        _context = context;
        _timer = options.EndsWhenRead ? context.Time.CreateTimer(_ => context.Wake(), null, Soon, Soon) : null;
    }

    /// <summary>
    /// Gets the offset. Between transactions it moves on with the log, whatever that holds: otherwise the server would keep its log for as
    /// long as nothing happens to the tables of the publication.
    /// </summary>
    public Offset Offset
    {
        get
        {
            // In this order. What the server has sent up to here lies in the feed, if it has not been taken from it: of a transaction that
            // is under way only the beginning may have come, and its commit stands behind.
            var received = _feed.Received;
            if (_feed.IsEmpty)
            {
                _place.FollowTo(received);
            }

            return _place.Offset;
        }
    }

    public ReadStatus Read(Batch<T> batch)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _context.Background($"reading {_feed.Target}", _feed.RunAsync);
        }

        while (!batch.IsFull)
        {
            if (!_feed.TryTake(out var next))
            {
                // The end is asked for first: what stands in front of it has come then.
                var isEnd = _feed.HasReachedEnd(Offset);
                if (!_feed.TryTake(out next))
                {
                    return isEnd ? ReadStatus.EndForNow : ReadStatus.Pending;
                }
            }

            _place.Take(next.Behind);
            if (next.HasRecord)
            {
                batch.Add(next.Record);
            }
        }

        return ReadStatus.Available;
    }

    public void OnCheckpointComplete(CheckpointId checkpoint, Offset offset) => _feed.Confirm(offset);

    public void Dispose()
    {
        _timer?.Dispose();
        _feed.Stop();
    }
}
