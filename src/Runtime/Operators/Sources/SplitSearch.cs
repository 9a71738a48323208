using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators.Sources;

/// <summary>
/// Runs the discovery of a source on the work pool and puts what it finds on the board. In the first subtask of the source.
/// </summary>
/// <param name="open">Begins the discovery from what a checkpoint holds.</param>
/// <param name="board">The board.</param>
/// <param name="clock">The processing time of the subtask.</param>
/// <param name="pool">Where it runs: it may block.</param>
/// <param name="name">What it is, for messages.</param>
internal sealed class SplitSearch<TSplit>(
    Func<ReadOnlyMemory<byte>, ISplitDiscovery<TSplit>> open, SplitBoard<TSplit> board, ProcessingClock clock, IWorkPool pool, string name)
{
    /// <summary>While so many splits are unread no more are looked for: what a checkpoint holds stays small.</summary>
    private const int Enough = 64;

    private ISplitDiscovery<TSplit>? _discovery;
    private Pending<IReadOnlyList<TSplit>>? _pending;
    private long? _askAt;
    private bool _hasBegun;

    /// <summary>Gets when it wants to go on, in processing time; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadline => _pending is null && _askAt is { } at ? at : long.MaxValue;

    /// <summary>Takes what has been found, and asks for more when it is time.</summary>
    public void Poll()
    {
        if (_pending is { IsDone: true } found)
        {
            _pending = null;
            board.Add(found.Result, _discovery!.State, _discovery.AskAgainIn);
            _askAt = null;
        }

        if (!_hasBegun)
        {
            _hasBegun = true;
            if (board.IsResumed)
            {
                _discovery = open(board.Discovery);
                board.Resume(_discovery.AskAgainIn);
            }
        }

        if (_pending is not null || board.AskAgainIn is not { } wait)
        {
            return;
        }

        if (wait > TimeSpan.Zero)
        {
            _askAt ??= clock.Now + EventTime.Of(wait);
            if (clock.Now < _askAt)
            {
                return;
            }
        }
        else if (board.Count(0).All >= Enough)
        {
            return;
        }

        _askAt = null;
        _discovery ??= open(board.Discovery);
        var discovery = _discovery;
        _pending = pool.Run(name, discovery.NextAsync);
    }
}
