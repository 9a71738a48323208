namespace Weir.Runtime.Operators.Sources;

/// <summary>
/// The splits of a source that nobody has begun: found by one subtask, dealt out in turn, taken by their subtask when it comes to them.
/// </summary>
/// <remarks>
/// <para>Shared by the subtasks of a source, under a lock; touched when a split ends, never between batches.</para>
/// <para>A checkpoint must hold each split once: here or with its reader. The first subtask that cuts fixes what is here; from then on
/// nobody takes a split before it has cut too. So what was taken before is in the snapshot of its reader, and what is taken later is in
/// that of the board.</para>
/// </remarks>
/// <typeparam name="TSplit">What names a split.</typeparam>
/// <param name="parallelism">The number of subtasks.</param>
internal sealed class SplitBoard<TSplit>(int parallelism)
{
    private readonly Lock _lock = new();
    private readonly Queue<(
        long Ordinal, TSplit Split)>[] _unread = [.. Enumerable.Range(0, parallelism).Select(_ => new Queue<(long, TSplit)>())];
    private readonly Dictionary<CheckpointId, BoardState<TSplit>> _cuts = [];
    private readonly Action?[] _wakes = new Action?[parallelism];
    private readonly int[] _held = new int[parallelism];
    private BoardState<TSplit>? _restored;
    private TSplit[] _sample = [];
    private CheckpointId _newestCut;
    private long _next;
    private int _version;

    /// <summary>Gets a number that changes when splits have been added, or the discovery has found everything.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Gets what the discovery goes on from. Written by the subtask that runs it.</summary>
    public ReadOnlyMemory<byte> Discovery { get; private set; }

    /// <summary>Gets when the discovery wants to be asked again; null if it has found everything.</summary>
    public TimeSpan? AskAgainIn { get; private set; }

    /// <summary>Sets who wakes a subtask when there is something for it.</summary>
    public void OnChanged(int subtask, Action wake) => _wakes[subtask] = wake;

    /// <summary>Takes up what a checkpoint holds. Every subtask brings the same: one counts.</summary>
    public void Restore(BoardState<TSplit> state)
    {
        lock (_lock)
        {
            _restored = state;
        }
    }

    /// <summary>Says how many splits a subtask is reading from the start on: who reads fewer is dealt more.</summary>
    public void Hold(int subtask, int splits)
    {
        lock (_lock)
        {
            _held[subtask] = splits;
        }
    }

    /// <summary>All subtasks have been restored, and one of them begins: the first one deals out.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_restored is { } state)
            {
                _restored = null;
                _sample = [.. state.Sample];
                Deal(state.Unread, state.Discovery, state.AskAgainIn);
                Array.Clear(_held);
            }
        }
    }

    /// <summary>Adds what the discovery has found, and wakes everybody.</summary>
    public void Add(IReadOnlyList<TSplit> splits, ReadOnlyMemory<byte> discovery, TimeSpan? askAgainIn)
    {
        lock (_lock)
        {
            Deal(splits, discovery, askAgainIn);
        }

        foreach (var wake in _wakes)
        {
            wake?.Invoke();
        }
    }

    /// <summary>What stands here for a subtask.</summary>
    /// <returns>The number of its splits, and of all.</returns>
    public (int Own, int All) Count(int subtask)
    {
        lock (_lock)
        {
            return (_unread[subtask].Count, _unread.Sum(queue => queue.Count));
        }
    }

    /// <summary>Takes the next split of a subtask.</summary>
    /// <param name="subtask">The subtask.</param>
    /// <param name="newestCut">The newest checkpoint that it has cut for.</param>
    /// <param name="split">The split.</param>
    /// <returns>Whether there was one that may be taken now.</returns>
    public bool TryTake(int subtask, CheckpointId newestCut, out TSplit split)
    {
        lock (_lock)
        {
            if (newestCut < _newestCut || !_unread[subtask].TryDequeue(out var next))
            {
                split = default!;
                return false;
            }

            split = next.Split;
            return true;
        }
    }

    /// <summary>A subtask cuts for a checkpoint.</summary>
    public void Cut(CheckpointId checkpoint)
    {
        lock (_lock)
        {
            if (checkpoint > _newestCut)
            {
                _newestCut = checkpoint;
                _cuts[checkpoint] = State();
            }
        }
    }

    /// <summary>What stood here when the first subtask cut for a checkpoint. Asked by one subtask, once; forgets what is older.</summary>
    public BoardState<TSplit> StateAt(CheckpointId checkpoint)
    {
        lock (_lock)
        {
            var state = _cuts.TryGetValue(checkpoint, out var cut) ? cut : State();
            foreach (var older in _cuts.Keys.Where(id => id <= checkpoint).ToList())
            {
                _cuts.Remove(older);
            }

            return state;
        }
    }

    private BoardState<TSplit> State() =>
        new([.. _unread.SelectMany(queue => queue).OrderBy(unread => unread.Ordinal).Select(unread => unread.Split)], Discovery,
            AskAgainIn, _sample);

    private void Deal(IReadOnlyList<TSplit> splits, ReadOnlyMemory<byte> discovery, TimeSpan? askAgainIn)
    {
        foreach (var split in splits)
        {
            _unread[Shortest()].Enqueue((_next, split));
            _next++;
        }

        _sample = splits.Count > 0 ? [splits[^1]] : _sample;

        Discovery = discovery;
        AskAgainIn = askAgainIn;
        Volatile.Write(ref _version, _version + 1);
    }

    // In turn, but for those who have more to read than others.
    private int Shortest()
    {
        var shortest = (int)(_next % parallelism);
        for (var i = 1; i < parallelism; i++)
        {
            var other = (int)((_next + i) % parallelism);
            shortest = _unread[other].Count + _held[other] < _unread[shortest].Count + _held[shortest] ? other : shortest;
        }

        return shortest;
    }
}
