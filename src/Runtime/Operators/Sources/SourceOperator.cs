using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Sources;

/// <summary>Reads the splits that are dealt to a subtask, and keeps their offsets.</summary>
/// <remarks>
/// <see cref="SplitOrder"/> says in which order. Each split that is being read is a lane, and so are all together that are unread. A step
/// opens at most one split and reads at most one batch, however many splits there are.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TSplit">What names a split.</typeparam>
internal sealed partial class SourceOperator<T, TSplit> : IStatefulOperator, IHead, IClockListener
{
    private const string Split = "split";
    private const string Board = "board";

    private readonly Source<T, TSplit> _source;
    private readonly SourceContext _context;
    private readonly SubtaskContext _subtask;
    private readonly Receiver<T> _next;
    private readonly SourceOutlets<T>? _outlets;
    private readonly SplitStateCodec<TSplit> _codec;
    private readonly BoardStateCodec<TSplit> _boardCodec;
    private readonly Batch<T> _batch;
    private readonly SplitBoard<TSplit> _board;
    private readonly SplitSearch<TSplit>? _search;
    private readonly SplitLanes<TSplit> _lanes;
    private readonly List<OwnedSplit<T, TSplit>> _reading = [];

    // Not read in this run any more, and still in checkpoints.
    private readonly List<OwnedSplit<T, TSplit>> _resting = [];
    private readonly ReaderWork _background = new();
    private readonly CutOffsets<T, TSplit> _cuts = new();
    private readonly StoredLists _lists;
    private RateLimiter _limiter;
    private Action? _wake;

    // Set by any thread: a reader that had nothing may have something.
    private volatile bool _isWoken;
    private long _mayReadAt = long.MaxValue;
    private CheckpointId _newestCut;
    private int _seen = -1;
    private int _turn;
    private int _silent;

    // The lane of a split whose last records may be held further down; -1 for none. A step comes only when nothing is held.
    private int _ended = -1;
    private bool _isPending;
    private bool _isIdle;
    private bool _isExhausted;

    public SourceOperator(Source<T, TSplit> source, SourceParts<T> parts, SubtaskContext subtask, SplitBoard<TSplit> board)
    {
        var id = parts.Id;
        _source = source;
        Id = id;
        _subtask = subtask;
        _board = board;
        _next = parts.Next;
        _outlets = parts.Outlets;
        _codec = new SplitStateCodec<TSplit>(source.SplitCodec);
        _boardCodec = new BoardStateCodec<TSplit>(source.SplitCodec);
        _limiter = new RateLimiter(subtask.Job.RecordsPerSecond / subtask.Parallelism, subtask.Job.Time);
        _batch = new Batch<T>(_limiter.BatchCapacity(subtask.Job.BatchCapacity));
        _lists = new StoredLists(id, "in Declare", subtask.Job.Seed);
        var malformed = subtask.Counters.Of(id).CountMalformed();
        _context = new SourceContext(
            id,
            subtask.Parallelism,
            subtask.Job.Time,
            count =>
            {
                subtask.Counters.AddSkipped(count);
                malformed.Add(count);
            })
        {
            Wake = OnReadable,
            Warn = subtask.Warn,
            Meter = subtask.Job.Meter,
            Background = (name, work) => _background.Add(subtask.Job.Work, name, work),
            Lists = _lists,
            WantsTimes = parts.WantsTimes,
            Sides = _outlets,
        };
        source.Declare(_context);
        _lists.Complete();
        _lanes = new SplitLanes<TSplit>(id, subtask.Lanes, source.Order, source.SplitCodec);
        if (subtask.Index == 0)
        {
            var name = $"looking for splits of {id}";
            _search = new SplitSearch<TSplit>(state => _source.Discover(_context, state), board, subtask.Clock, subtask.Job.Work, name);
        }
    }

    public string Id { get; }

    public Action? Wake
    {
        set
        {
            _wake = value;
            _board.OnChanged(_subtask.Index, () => value?.Invoke());
            _subtask.Lanes.Wake = OnReadable;
        }
    }

    public long NextDeadline => Math.Min(_mayReadAt, _search?.NextDeadline ?? long.MaxValue);

    public void OnClock(long now)
    {
        _mayReadAt = now >= _mayReadAt ? long.MaxValue : _mayReadAt;
        Search();
    }

    public void Open()
    {
        _lists.Begin();
        _board.Open();
        TakeEarlier();
        _lanes.Open(_reading);
        Look();
    }

    public HeadStep Step(long now, out Barrier barrier)
    {
        barrier = default;
        if (_isExhausted)
        {
            return HeadStep.Nothing;
        }

        EndLane();
        Search();
        PollBackground();
        TryTake();
        if (_isWoken)
        {
            _isWoken = false;
            _silent = 0;
        }

        // A split that is too far ahead of others waits, as one that has nothing does: somebody wakes the subtask when it may go on.
        if (_silent >= _reading.Count - CountPaused())
        {
            return IsAtEnd() ? End() : HeadStep.Nothing;
        }

        if (!_limiter.MayRead())
        {
            _subtask.Reading.Pause();
            _mayReadAt = _subtask.Clock.Now + EventTime.Of(_limiter.Wait) + 1;
            return HeadStep.Nothing;
        }

        var split = _reading[NextInTurn()];
        var from = split.Offset;
        _outlets?.Begin(split.Lane);
        var status = Read(split);
        var count = _batch.Count;
        if (count > 0)
        {
            Pass(split, from);
        }

        _outlets?.Flush();

        // Also when there was no record: a batch that was lent nothing would show somebody else's array to the next reader.
        _batch.Clear();
        return Follow(split, status, count);
    }

    public long? BarrierSince => null;

    public void OnCut(CheckpointId checkpoint)
    {
        _newestCut = checkpoint;
        _board.Cut(checkpoint);
        _seen = -1;
    }

    // A source is told by command where to cut.
    public HeadStep StepBarrier(long now, out Barrier barrier)
    {
        barrier = default;
        return HeadStep.Nothing;
    }

    public void Dispose()
    {
        foreach (var split in _reading.Concat(_resting))
        {
            split.Close();
        }
    }

    private void OnReadable()
    {
        _isWoken = true;
        _wake?.Invoke();
    }

    private void PollBackground()
    {
        if (_background.Poll(out var name, out var failure))
        {
            _isWoken = true;
        }

        if (failure is not null)
        {
            throw OperatorFailure.IsUnnamed(failure) ? OperatorFailure.Of(Id, _subtask.Job.Name, _subtask.Index, name, failure) : failure;
        }
    }

    private void Search()
    {
        try
        {
            _search?.Poll();
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(Id, _subtask.Job.Name, _subtask.Index, $"looking for splits of {_source.Description}", failure);
        }
    }

    // Takes the next split when it is time for it.
    private void TryTake()
    {
        var wants = _source.Order switch
        {
            SplitOrder.Together => true,
            SplitOrder.InTimeOrder => _reading.Count == 0,
            _ => _isPending || _silent >= _reading.Count,
        };
        if (wants && (_board.Version != _seen || _source.Order != SplitOrder.Together)
            && _board.TryTake(_subtask.Index, _newestCut, out var next))
        {
            var split = Begun(next);
            split.Lane = _lanes.Begin(split.Split);
            _reading.Add(split);
            _turn = _reading.Count - 1;
            _silent = 0;
            Look();
        }
        else if (_board.Version != _seen || _reading.Count == 0)
        {
            _seen = _board.Version;
            Look();
        }

        _isPending = false;
    }

    // In order of time, a split that is earlier than one that a checkpoint held may not take its lane over: its records are older than what
    // that lane has promised. It gets a lane of its own from the start on, and is read first.
    private void TakeEarlier()
    {
        if (_source.Order != SplitOrder.InTimeOrder || _reading.Count == 0)
        {
            return;
        }

        var latest = _reading.Max(static split => split.Ordinal);
        while (_board.TryTake(_subtask.Index, _newestCut, out var next, latest))
        {
            _reading.Add(Begun(next));
        }

        _reading.Sort(static (left, right) => left.Ordinal.CompareTo(right.Ordinal));
    }

    private OwnedSplit<T, TSplit> Begun((long Ordinal, TSplit Split) next) =>
        new(new SplitState<TSplit>(next.Split, _source.StartOf(next.Split), next.Ordinal));

    private int CountPaused()
    {
        var paused = 0;
        for (var i = 0; _subtask.Lanes.HaveLimits && i < _reading.Count; i++)
        {
            paused += _subtask.Lanes.Look(_reading[i].Lane) ? 0 : 1;
        }

        return paused;
    }

    private int NextInTurn()
    {
        _turn = _turn < _reading.Count ? _turn : 0;
        while (_subtask.Lanes.IsPaused(_reading[_turn].Lane))
        {
            _turn = _turn + 1 < _reading.Count ? _turn + 1 : 0;
        }

        return _turn;
    }

    // What is unread may have changed: says so to the watermark.
    private void Look()
    {
        var isReading = _reading.Count > 0;
        var areUnread = _board.Count(_subtask.Index).Own > 0 || _board.AskAgainIn == TimeSpan.Zero;
        var mayAppear = _board.AskAgainIn is not null;
        _lanes.Await(areUnread, mayAppear, isReading);
        if (_isIdle != (mayAppear && !areUnread && !isReading))
        {
            _isIdle = !_isIdle;
            _next.OnIdle(_isIdle);
        }
    }

    private ReadStatus Read(OwnedSplit<T, TSplit> split)
    {
        try
        {
            _lists.Enter();
            split.Reader ??= _source.Open(split.Split, split.Offset, _context);
            return split.Reader.Read(_batch);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(
                Id, _subtask.Job.Name, _subtask.Index, $"reading split '{split.Split}' at offset {split.Offset}", failure);
        }
        finally
        {
            _lists.Leave();
        }
    }

    private void Pass(OwnedSplit<T, TSplit> split, Offset from)
    {
        _limiter.Count(_batch.Count);
        _subtask.Counters.AddIn(_batch.Count);
        _batch.Lane = split.Lane;
        try
        {
            _next.OnBatch(_batch);
        }
        catch (OperatorException failure) when (failure.Records is null)
        {
            throw failure.At(new RecordRange($"{split.Split}", from.Value, split.Offset.Value), _batch.Count);
        }
    }

    private HeadStep Follow(OwnedSplit<T, TSplit> split, ReadStatus status, int count)
    {
        if (status is ReadStatus.End or ReadStatus.EndForNow)
        {
            if (status == ReadStatus.EndForNow)
            {
                _resting.Add(split);
            }
            else
            {
                split.Close();
            }

            _reading.Remove(split);
            _silent = 0;
            _ended = split.Lane;
            _seen = -1;
            return HeadStep.Element;
        }

        _isPending = status == ReadStatus.Pending;

        // Splits that do not end are read in turn: one that always has more must not keep the others from being read.
        if (status == ReadStatus.Pending || _source.Order == SplitOrder.Together)
        {
            _turn++;
        }

        else if (_source.Order == SplitOrder.InTimeOrder)
        {
            _turn = 0;
        }

        // Once every reader in turn has had nothing, there is nothing until one of them wakes.
        _silent = status == ReadStatus.Pending && count == 0 ? _silent + 1 : 0;
        return _silent < _reading.Count ? HeadStep.Element : HeadStep.Nothing;
    }
}
