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
/// <param name="isInOrder">
/// Whether splits are in order of time: a restore deals none to who holds a later one, as long as there is somebody else.
/// </param>
internal sealed class SplitBoard<TSplit>(int parallelism, bool isInOrder = false)
{
    private readonly Lock _lock = new();
    private readonly Queue<(
        long Ordinal, TSplit Split)>[] _unread = [.. Enumerable.Range(0, parallelism).Select(_ => new Queue<(long, TSplit)>())];
    private readonly Dictionary<CheckpointId, BoardState<TSplit>> _cuts = [];
    private readonly Action?[] _wakes = new Action?[parallelism];
    private readonly int[] _held = new int[parallelism];

    // The greatest ordinal that a subtask holds, or that waits for it; −1 for none.
    private readonly long[] _latest = [.. Enumerable.Repeat(-1L, parallelism)];
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

    /// <summary>Gets whether it goes on from a checkpoint: splits were found before the attempt that began it.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>
    /// Has the discovery asked as soon as it may be, unless it has found everything: its options may be others than those of the
    /// checkpoint, and splits may have come while nobody looked.
    /// </summary>
    /// <param name="askAgainIn">When the discovery wants to be asked by today's options.</param>
    public void Resume(TimeSpan? askAgainIn)
    {
        lock (_lock)
        {
            Found([], Discovery, askAgainIn is null ? null : TimeSpan.Zero);
        }
    }

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

    /// <summary>Says which splits a subtask is reading from the start on: who reads fewer is dealt more.</summary>
    /// <param name="subtask">The subtask.</param>
    /// <param name="ordinals">Their ordinals.</param>
    public void Hold(int subtask, IReadOnlyCollection<long> ordinals)
    {
        lock (_lock)
        {
            _held[subtask] = ordinals.Count;
            _latest[subtask] = ordinals.DefaultIfEmpty(-1).Max();
            _next = Math.Max(_next, _latest[subtask] + 1);
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
                IsResumed = state.Sample.Count > 0;
                _sample = [.. state.Sample];
                foreach (var (ordinal, split) in state.Unread)
                {
                    Deal(ordinal, split);
                }

                Found([.. state.Unread.Select(static unread => unread.Split)], state.Discovery, state.AskAgainIn);
                Array.Clear(_held);
            }
        }
    }

    /// <summary>Adds what the discovery has found, and wakes everybody.</summary>
    public void Add(IReadOnlyList<TSplit> splits, ReadOnlyMemory<byte> discovery, TimeSpan? askAgainIn)
    {
        lock (_lock)
        {
            foreach (var split in splits)
            {
                Deal(_next, split);
            }

            Found(splits, discovery, askAgainIn);
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
    /// <param name="next">The split, and its ordinal.</param>
    /// <param name="before">Only a split with a smaller ordinal than this.</param>
    /// <returns>Whether there was one that may be taken now.</returns>
    public bool TryTake(int subtask, CheckpointId newestCut, out (long Ordinal, TSplit Split) next, long before = long.MaxValue)
    {
        lock (_lock)
        {
            next = default;
            return newestCut >= _newestCut
                && _unread[subtask].TryPeek(out var first)
                && first.Ordinal < before
                && _unread[subtask].TryDequeue(out next);
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
        new([.. _unread.SelectMany(queue => queue).OrderBy(unread => unread.Ordinal)], Discovery, AskAgainIn, _sample);

    private void Deal(long ordinal, TSplit split)
    {
        var subtask = Shortest(ordinal);
        _unread[subtask].Enqueue((ordinal, split));
        _latest[subtask] = Math.Max(_latest[subtask], ordinal);
        _next = Math.Max(_next, ordinal + 1);
    }

    private void Found(IReadOnlyList<TSplit> splits, ReadOnlyMemory<byte> discovery, TimeSpan? askAgainIn)
    {
        _sample = splits.Count > 0 ? [splits[^1]] : _sample;
        Discovery = discovery;
        AskAgainIn = askAgainIn;
        Volatile.Write(ref _version, _version + 1);
    }

    // In turn, but for those who have more to read than others; and, in order of time, for those who hold a later one.
    private int Shortest(long ordinal)
    {
        var mayTake = isInOrder && Array.Exists(_latest, latest => latest < ordinal) ? ordinal : long.MaxValue;
        var shortest = -1;
        for (var i = 0; i < parallelism; i++)
        {
            var other = (int)((ordinal + i) % parallelism);
            if (_latest[other] < mayTake
                && (shortest < 0 || _unread[other].Count + _held[other] < _unread[shortest].Count + _held[shortest]))
            {
                shortest = other;
            }
        }

        return shortest;
    }
}
