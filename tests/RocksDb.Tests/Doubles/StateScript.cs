using System.Runtime.CompilerServices;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>
/// The state of an operator of several subtasks beside a dictionary that it must equal, through records, barriers, uploads that fail,
/// crashes and changes of parallelism, in an order that a seed chooses.
/// </summary>
internal sealed class StateScript<TKey> : IDisposable
    where TKey : notnull
{
    private const int KeyGroupCount = 16;

    private readonly Random _random;
    private readonly Func<Random, TKey> _newKey;
    private readonly Func<string, IEntryStore> _open;
    private readonly long _cacheBytes;
    private readonly WorkingDirectory _working;
    private readonly RecordedFiles _files = new();
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private Dictionary<(long Name, TKey Key), long> _expected = [];
    private List<Member> _members = [];

    // The barrier that is under way, and what was true there; and the last that was completed.
    private Dictionary<(long, TKey), long>? _atBarrier;
    private Dictionary<(long, TKey), long> _completed = [];
    private List<OperatorSnapshot>? _snapshots;
    private long _attempt = 1;

    public StateScript(
        int seed, Func<Random, TKey> newKey, string directory, Func<string, IEntryStore> open, long cacheBytes, int parallelism)
    {
        (_random, _newKey, _open, _cacheBytes) = (new Random(seed), newKey, open, cacheBytes);
        _working = new WorkingDirectory(directory);
        Begin(parallelism);
    }

    /// <summary>Gets how many checkpoints were completed, failed, and restored from.</summary>
    public (int Completed, int Failed, int Restored) Counts { get; private set; }

    /// <summary>Takes steps.</summary>
    public void Run(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Step(_random.Next(1000));
        }

        CompareAll();
    }

    public void Dispose() => _members.ForEach(member => member.State.Close());

    private void Step(int dice)
    {
        if (dice < 20)
        {
            AddBatch(_random.Next(6));
        }
        else if (dice < 600)
        {
            Add(_random.Next(6), _newKey(_random));
        }
        else if (dice < 700)
        {
            Remove(_random.Next(6), _newKey(_random));
        }
        else if (dice < 960)
        {
            // Never during a walk here.
            _members.ForEach(member => member.State.Tend(isHeld: false));
        }
        else if (dice < 970)
        {
            RemoveAll(_random.Next(6));
        }
        else if (dice < 975)
        {
            CompareAll();
        }
        else if (dice < 985)
        {
            Barrier();
        }
        else if (dice < 997)
        {
            Complete(_random.Next(4) == 0 ? _random.Next(5) : int.MaxValue);
        }
        else if (dice < 998)
        {
            Restart(_random.Next(1, 4));
        }
    }

    private Member MemberOf(TKey key)
    {
        var group = KeyGroups.Of(_keys.StableHash(key), KeyGroupCount);
        return _members[KeyGroups.SubtaskOf(group, KeyGroupCount, _members.Count)];
    }

    private void Add(long name, TKey key)
    {
        var member = MemberOf(key);
        var value = _random.Next(100);
        ref var slot = ref member.Table.Open(name).Find(key, member.Functor.Hash(key));
        slot.Value += value;
        _expected[(name, key)] = _expected.GetValueOrDefault((name, key)) + value;
        Assert.Equal(_expected[(name, key)], slot.Value);
    }

    // As an operator does that knows the keys of its batch.
    private void AddBatch(long name)
    {
        var keys = Enumerable.Range(0, 30).Select(_ => _newKey(_random)).ToArray();
        foreach (var member in _members)
        {
            if (member.Table.TryFind(name, out var table) && table.Prefetches)
            {
                var own = keys.Where(key => MemberOf(key) == member).ToArray();
                table.Prefetch(own, [.. own.Select(key => member.Functor.Hash(key))]);
            }
        }

        foreach (var key in keys)
        {
            if (_random.Next(4) == 0)
            {
                Remove(name, key);
            }
            else
            {
                Add(name, key);
            }
        }
    }

    private void Remove(long name, TKey key)
    {
        var member = MemberOf(key);
        var isThere = _expected.Remove((name, key));
        if (member.Table.TryFind(name, out var keys))
        {
            ref var found = ref keys.FindExisting(key, member.Functor.Hash(key));
            Assert.Equal(isThere, !Unsafe.IsNullRef(ref found));
            Assert.Equal(isThere, keys.Remove(key, member.Functor.Hash(key)));
        }
        else
        {
            Assert.False(isThere);
        }
    }

    private void RemoveAll(long name)
    {
        _members.ForEach(member => member.Table.Remove(name));
        foreach (var entry in _expected.Keys.Where(entry => entry.Name == name).ToList())
        {
            _expected.Remove(entry);
        }
    }

    private void CompareAll()
    {
        var found = new Dictionary<(long, TKey), long>();
        foreach (var member in _members)
        {
            foreach (var name in member.Table.Namespaces.ToList())
            {
                Assert.True(member.Table.TryFind(name, out var keys));
                var count = 0;
                foreach (var slot in keys.All())
                {
                    Assert.True(found.TryAdd((name, slot.Key), slot.Value), $"{slot.Key} of {name} is there twice");
                    count++;
                }

                Assert.Equal(count, keys.Count);
            }
        }

        Assert.Equal(_expected.Count, found.Count);
        foreach (var (entry, value) in _expected)
        {
            Assert.Equal(value, found[entry]);
        }
    }

    // A barrier may come while the one before is still under way: that checkpoint was given up.
    private void Barrier()
    {
        _atBarrier = new(_expected);
        foreach (var member in _members)
        {
            member.Writer = new OperatorStateWriter("op");
            member.Keyed.Snapshot(member.Writer);
        }
    }

    private void Complete(int files)
    {
        if (_atBarrier is null || _members.Exists(member => !member.Writer!.IsReady))
        {
            return;
        }

        var snapshots = new List<OperatorSnapshot>();
        _files.Left = files;
        foreach (var (member, index) in _members.Select((member, index) => (member, index)))
        {
            _files.Begin();
            (_files.Attempt, _files.Owner) = (_attempt, $"{index}");
            var all = int.MaxValue;
            Assert.True(member.Writer!.Sweep(ref all));
            try
            {
                var snapshot = member.Writer!.FinishAsync(_files, CancellationToken.None).AsTask()
                    .WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
                Assert.All(snapshot.SharedFiles, file => Assert.True(
                    _files.Written.Contains(file) || member.Last?.SharedFiles.Contains(file) == true,
                    $"{file} comes back though the snapshot before does not refer to it"));
                member.Last = snapshot;
                snapshots.Add(snapshot);
            }
            catch (IOException failure) when (failure.Message.StartsWith("Injected", StringComparison.Ordinal))
            {
                files = 0;
            }

            member.Writer = null;
        }

        _files.Left = int.MaxValue;
        if (snapshots.Count == _members.Count)
        {
            (_completed, _snapshots) = (_atBarrier, snapshots);
            Counts = Counts with { Completed = Counts.Completed + 1 };

            // What no checkpoint that counts needs is gone at once.
            _files.Keep([.. snapshots]);
        }
        else
        {
            Counts = Counts with { Failed = Counts.Failed + 1 };
        }

        _atBarrier = null;
    }

    private void Restart(int parallelism)
    {
        Dispose();
        _attempt++;
        var old = _snapshots;
        Begin(parallelism);
        _expected = new(_completed);
        if (old is null)
        {
            return;
        }

        Counts = Counts with { Restored = Counts.Restored + 1 };
        var dealt = Rescaling.Deal("op", [.. old.Select(_files.StateOf)], parallelism, KeyGroupCount);
        for (var i = 0; i < parallelism; i++)
        {
            _members[i].Keyed.Restore(dealt[i], []);
            _members[i].Last = old.Count == parallelism ? old[i] : null;
        }

        CompareAll();
    }

    private void Begin(int parallelism)
    {
        _atBarrier = null;
        var budget = new CacheBudget(_cacheBytes);
        _members = [.. Enumerable.Range(0, parallelism).Select(index =>
        {
            var owner = new StateOwner(
                "job", _attempt, 0, index, "op", KeyGroupCount, KeyGroups.RangeOf(index, KeyGroupCount, parallelism), static _ => { });
            return new Member(new CachedState(owner, new StoreRoom(_working, owner, _open), budget), _keys);
        })];
    }

    private sealed class Member
    {
        public Member(CachedState state, Codec<TKey> keys)
        {
            State = state;
            Functor = new Keys<TKey, long>(keys, static () => 0);
            Table = state.Open<TKey, long, long, Keys<TKey, long>>(
                new(keys, Codecs.Of<long>(), Codecs.Of<long>()), Functor, KeySeed.Fixed);
            Keyed = new KeyedState(state, "op", KeyGroupCount, Table);
        }

        public CachedState State { get; }

        public Keys<TKey, long> Functor { get; }

        public StateTable<TKey, long, long> Table { get; }

        public KeyedState Keyed { get; }

        public OperatorStateWriter? Writer { get; set; }

        public OperatorSnapshot? Last { get; set; }
    }
}
