using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Sources;

/// <summary>Reads the splits that belong to a subtask, and keeps their offsets.</summary>
/// <remarks>
/// Splits are read in order, one at a time; the next begins early only when a reader has nothing for now. Each split is a lane: one that has yet to begin holds
/// the watermark back, so that the order of reading makes no record late; one that has ended does not.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TSplit">What names a split.</typeparam>
internal sealed class SourceOperator<T, TSplit> : IStatefulOperator, IHead, IClockListener
{
    private readonly Source<T, TSplit> _source;
    private readonly SourceContext _context;
    private readonly SourceSettings _settings;
    private readonly SubtaskContext _subtask;
    private readonly Receiver<T> _next;
    private readonly SplitStateCodec<TSplit> _codec;
    private readonly Batch<T> _batch;
    private readonly List<OwnedSplit<T, TSplit>> _splits = [];
    private readonly List<OwnedSplit<T, TSplit>> _unfinished = [];
    private RateLimiter _limiter;
    private Action? _wake;

    // Set by any thread: a reader that had nothing may have something.
    private volatile bool _isWoken;
    private int _turn;
    private int _silent;
    private bool _isExhausted;

    public SourceOperator(Source<T, TSplit> source, SourceSettings settings, SubtaskContext subtask, Receiver<T> next)
    {
        _source = source;
        _settings = settings;
        _subtask = subtask;
        _next = next;
        _codec = new SplitStateCodec<TSplit>(source.SplitCodec);
        _limiter = new RateLimiter(settings.RecordsPerSecond, settings.Time);
        _batch = new Batch<T>(_limiter.BatchCapacity(subtask.BatchCapacity));
        _context = new SourceContext(settings.Id, subtask.Parallelism, settings.Time, subtask.Counters.AddSkipped) { Wake = OnReadable, Warn = settings.Warn };
    }

    public string Id => _settings.Id;

    public IReadOnlyList<SchemaMember> Schemas => [new("split", _codec.Schema)];

    public Action? Wake
    {
        set => _wake = value;
    }

    public long NextDeadline { get; private set; } = long.MaxValue;

    public void OnClock(long now) => NextDeadline = long.MaxValue;

    public void Snapshot(OperatorStateWriter writer)
    {
        foreach (var split in _splits)
        {
            writer.AddItem(_codec, split.State);
        }
    }

    public void Restore(OperatorState state)
    {
        Invariant.Holds(_splits.Count == 0, $"restore into {Id}, which already has splits");
        foreach (var item in state.Items)
        {
            var split = _codec.Decode(item);
            if (_source.Refuse(split.Split) is { } reason)
            {
                throw new PlanException(
                    $"Operator '{Id}': the checkpoint holds the split '{split.Split}', which {_source.Description} does not read: {reason}.");
            }

            _splits.Add(new OwnedSplit<T, TSplit>(split));
        }
    }

    public void Open()
    {
        _unfinished.AddRange(_splits.Where(split => !split.IsFinished));
        var first = _subtask.Lanes.Add([.. _unfinished.Select(split => LaneOf(split.Split))]);
        for (var i = 0; i < _unfinished.Count; i++)
        {
            _unfinished[i].Lane = first + i;
        }
    }

    public HeadStep Step(out Barrier barrier)
    {
        barrier = default;
        if (_unfinished.Count == 0)
        {
            return End();
        }

        if (!_limiter.MayRead())
        {
            NextDeadline = _subtask.Clock.Now + EventTime.Of(_limiter.Wait) + 1;
            return HeadStep.Nothing;
        }

        if (_isWoken)
        {
            _isWoken = false;
            _silent = 0;
        }
        else if (_silent >= _unfinished.Count)
        {
            return HeadStep.Nothing;
        }

        _turn = _turn < _unfinished.Count ? _turn : 0;
        var split = _unfinished[_turn];
        var from = split.Offset;
        var status = Read(split);
        var count = _batch.Count;
        if (count > 0)
        {
            Pass(split, from);
        }

        return Follow(split, status, count);
    }

    public void OnForget(CheckpointId checkpoint)
    {
    }

    public void Dispose()
    {
        foreach (var split in _unfinished)
        {
            split.Close();
        }
    }

    private void OnReadable()
    {
        _isWoken = true;
        _wake?.Invoke();
    }

    private ReadStatus Read(OwnedSplit<T, TSplit> split)
    {
        try
        {
            split.Reader ??= _source.Open(split.Split, split.Offset, _context);
            return split.Reader.Read(_batch);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(Id, _settings.Job, _subtask.Index, $"reading split '{split.Split}' at offset {split.Offset}", failure);
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
            throw failure.At(new RecordRange($"{split.Split}", from.Value, split.Offset.Value));
        }

        _batch.Clear();
    }

    private HeadStep Follow(OwnedSplit<T, TSplit> split, ReadStatus status, int count)
    {
        if (status == ReadStatus.End)
        {
            split.Finish();
            _unfinished.Remove(split);
            _silent = 0;
            _subtask.Lanes.Set(split.Lane, LaneStatus.Ended);
            return HeadStep.Element;
        }

        if (status == ReadStatus.Pending)
        {
            _turn++;
        }

        // Once every reader in turn has had nothing, there is nothing.
        _silent = status == ReadStatus.Pending && count == 0 ? _silent + 1 : 0;
        return _silent < _unfinished.Count ? HeadStep.Element : HeadStep.Nothing;
    }

    private HeadStep End()
    {
        if (_isExhausted)
        {
            return HeadStep.Nothing;
        }

        _isExhausted = true;
        _next.OnWatermark(Watermark.EndOfTime);
        return HeadStep.Exhausted;
    }

    private string LaneOf(TSplit split)
    {
        return $"{Id}/{Convert.ToBase64String(_source.SplitCodec.Encode(split).Span)}";
    }
}
