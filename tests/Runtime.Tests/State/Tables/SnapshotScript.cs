using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>
/// A random life of keyed state, beside a model that copies everything at each barrier: changes, barriers, sweeps, writes that fail or lose
/// their answer, savepoints, restores at the same parallelism or another.
/// </summary>
/// <typeparam name="TValue">The values of the table.</typeparam>
/// <param name="seed">Says what happens.</param>
/// <param name="values">What the table keeps, and how.</param>
/// <param name="backend">Where it is kept.</param>
internal sealed class SnapshotScript<TValue>(int seed, IScriptedValues<TValue> values, StateBackend backend)
{
    private const int Groups = 16;

    private readonly Random _random = new(seed);
    private readonly LongKeys _functor = new(KeySeed.Of((ulong)seed));
    private readonly StoredFiles _files = new();
    private readonly Queue<(OperatorStateWriter Writer, Content Expected, int Number)> _underWay = new();
    private (OperatorSnapshot Snapshot, Content Expected)? _last;
    private List<Member> _members = [];
    private Content _model = new([], []);
    private int _snapshots;
    private int _most;
    private bool _isLong;
    private int _handles;

    /// <summary>Gets how many snapshots were written and compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Gets how many of them hold more than one file or handle.</summary>
    public int Chained { get; private set; }

    /// <summary>Gets how many have fewer runs than the one before, though more than one.</summary>
    public int Merged { get; private set; }

    /// <summary>Runs so many steps.</summary>
    public void Run(int steps)
    {
        _members = [NewMember()];
        _most = _random.Next(6) == 0 ? 30_000 : 2_000;
        var range = _random.Next(4) switch { 0 => 1, 1 => 50, 2 => 3000, _ => 40_000 };
        if (_random.Next(4) == 0)
        {
            // Much state, and little that changes: rows of runs get as long as they may.
            range = 3000;
            Change(range, 2_000);
            (_isLong, steps) = (true, 3 * steps);
        }

        for (var step = 0; step < steps; step++)
        {
            switch (_random.Next(20))
            {
                case < 8:
                    Change(range, _isLong ? _random.Next(8) : _random.Next(10) == 0 ? _random.Next(_most) : _random.Next(200));
                    break;
                case < 10 when !_isLong || _random.Next(40) == 0:
                    RemoveNamespace();
                    break;
                case < 13 and >= 10:
                    Barrier();
                    break;
                case < 16 and >= 13:
                    Sweep(_random.Next(1, 400));
                    break;
                case < 19 and >= 16:
                    Write();
                    break;
                case 19 when !_isLong || _random.Next(10) == 0:
                    Restore();
                    break;
            }
        }

        while (_underWay.Count > 0)
        {
            Write();
        }

        Check(Read(_members), _model, "at the end");
    }

    private void Change(int range, int left)
    {
        for (; left > 0; left--)
        {
            var (name, key) = ((long)_random.Next(4), (long)_random.Next(range));
            var member = MemberOf(key);
            if (_random.Next(5) == 0 && member.Table.TryFind(name, out var keys))
            {
                Assert.Equal(_model.Entries.Remove((name, key)), keys.Remove(key, _functor.Hash(key)));
            }
            else
            {
                values.Add(ref member.Table.Open(name).Find(key, values.Functor(_functor).Hash(key)).Value, left);
                _model.Entries[(name, key)] = _model.Entries.GetValueOrDefault((name, key)) + left;
            }

            if (left % 4 == 0)
            {
                var time = _random.Next(50);
                var isNew = _random.Next(2) == 0
                    ? member.Timers.Register(key, name, time) == _model.Timers.Add((time, name, key))
                    : member.Timers.Delete(key, name, time) == _model.Timers.Remove((time, name, key));
                Assert.True(isNew, $"seed {seed}: a timer");
            }
        }
    }

    private void RemoveNamespace()
    {
        var name = (long)_random.Next(4);
        foreach (var member in _members)
        {
            member.Table.Remove(name);
        }

        foreach (var gone in _model.Entries.Keys.Where(entry => entry.Name == name).ToList())
        {
            _model.Entries.Remove(gone);
        }
    }

    private void Barrier()
    {
        if (_underWay.Count > 1 || _members.Count > 1)
        {
            return;
        }

        var writer = new OperatorStateWriter("op") { IsSavepoint = _random.Next(_isLong ? 60 : 8) == 0, LimitBytes = backend.LimitBytes };
        _members[0].State.Snapshot(writer);
        _underWay.Enqueue((writer, Kept(_model), ++_snapshots));
    }

    // What has expired at the barrier is in no snapshot, and stays in the table.
    private Content Kept(Content all) =>
        new(all.Entries.Where(entry => values.IsKept(entry.Value)).ToDictionary(), [.. all.Timers]);

    private bool Sweep(int portion)
    {
        foreach (var (writer, _, _) in _underWay)
        {
            if (!writer.Sweep(ref portion))
            {
                return false;
            }
        }

        return true;
    }

    private void Write()
    {
        if (_underWay.Count == 0)
        {
            return;
        }

        while (!Sweep(_random.Next(1, 1000)))
        {
        }

        var (writer, expected, number) = _underWay.Dequeue();
        var fault = _random.Next(_isLong ? 60 : 10);
        try
        {
            var snapshot = writer.FinishAsync(_files.Of($"{number}", fails: fault == 0), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            writer.Settle(isWritten: fault > 1);
            if (fault > 1)
            {
                _last = (snapshot, expected);
                Chained += snapshot.Handles.Length > 1 ? 1 : 0;
                Merged += snapshot.Handles.Length > 1 && snapshot.Handles.Length < _handles ? 1 : 0;
                _handles = snapshot.Handles.Length;
                Compared++;
                Check(Read(Restored(snapshot, _random.Next(1, 4))), expected, $"after snapshot {number}");
            }
        }
        catch (IOException)
        {
            writer.Settle(isWritten: false);
        }
    }

    // What was under way is lost; what has changed since as well.
    private void Restore()
    {
        if (_last is not var (snapshot, expected))
        {
            return;
        }

        _underWay.Clear();
        var parallelism = _random.Next(4) == 0 ? 2 : 1;
        _members = Restored(snapshot, parallelism);
        _model = expected.Copy();
        if (parallelism > 1)
        {
            // Each goes on for itself until both are put together again.
            var both = _members.Select((member, index) => Written(member, index)).ToList();
            _members = Restored(both, 1);
        }
    }

    private OperatorSnapshot Written(Member member, int index)
    {
        var writer = new OperatorStateWriter("op");
        member.State.Snapshot(writer);
        var all = int.MaxValue;
        Assert.True(writer.Sweep(ref all));
        return writer.FinishAsync(_files.Of($"{++_snapshots}-of-{index}"), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private List<Member> Restored(OperatorSnapshot snapshot, int parallelism) => Restored([snapshot], parallelism);

    private List<Member> Restored(IReadOnlyList<OperatorSnapshot> snapshots, int parallelism) =>
    [
        .. Rescaling.Deal("op", [.. snapshots.Select(_files.Read)], parallelism, Groups).Select(state =>
        {
            var member = NewMember();
            member.State.Restore(state, []);
            return member;
        }),
    ];

    private Member NewMember()
    {
        var table = backend.Open(
            new EntryCodecs<long, long, TValue>(Codecs.Of<long>(), Codecs.Of<long>(), values.Codec)
            {
                Kept = values.Expires ? () => (ref TValue value) => values.IsKept(values.SumOf(value)) : null,
            },
            values.Functor(_functor),
            KeySeed.Of((ulong)seed));
        var timers = new TimerQueue<long, long, LongKeys>(Codecs.Of<long>(), Codecs.Of<long>(), _functor, KeySeed.Of((ulong)seed));
        return new Member(table, timers, new KeyedState("op", Groups, table, timers));
    }

    private Member MemberOf(long key) => _members.Count == 1 ? _members[0]
        : _members[KeyGroups.SubtaskOf(KeyGroups.Of(Codecs.Of<long>().StableHash(key), Groups), Groups, _members.Count)];

    private Content Read(List<Member> members)
    {
        var content = new Content([], []);
        foreach (var member in members)
        {
            foreach (var name in member.Table.Namespaces.ToList())
            {
                Assert.True(member.Table.TryFind(name, out var keys));
                foreach (var slot in keys.All())
                {
                    content.Entries.Add((name, slot.Key), values.SumOf(slot.Value));
                }
            }

            content.Timers.UnionWith(member.Timers.All.Select(timer => (timer.Time, timer.Namespace, timer.Key)));
        }

        return content;
    }

    private void Check(Content found, Content expected, string when)
    {
        Assert.True(
            found.Entries.Count == expected.Entries.Count && !found.Entries.Except(expected.Entries).Any(),
            $"seed {seed}, {when}: {found.Entries.Count} entries, not {expected.Entries.Count}; differ "
                + string.Join(", ", found.Entries.Except(expected.Entries).Concat(expected.Entries.Except(found.Entries)).Take(5)));
        Assert.True(found.Timers.SetEquals(expected.Timers), $"seed {seed}, {when}: timers differ");
    }

    private sealed record Member(StateTable<long, long, TValue> Table, TimerQueue<long, long, LongKeys> Timers, KeyedState State);

    private sealed record Content(Dictionary<(long Name, long Key), long> Entries, HashSet<(long Time, long Name, long Key)> Timers)
    {
        public Content Copy() => new(new(Entries), [.. Timers]);
    }
}

/// <summary>Values of a table that are added to.</summary>
internal interface IScriptedValues<TValue>
{
    Codec<TValue> Codec { get; }

    ScriptedKeys<TValue> Functor(LongKeys keys);

    void Add(ref TValue value, long number);

    long SumOf(TValue value);

    /// <summary>Gets a value indicating whether some values are not worth a place in a snapshot.</summary>
    bool Expires { get; }

    /// <summary>Whether a value is.</summary>
    bool IsKept(long sum) => !Expires || sum % 4 != 0;
}

/// <summary>Numbers as keys of what begins anyhow.</summary>
internal readonly struct ScriptedKeys<TValue>(LongKeys keys, Func<TValue> create) : ITableFunctor<long, TValue>
{
    public ulong Hash(in long key) => keys.Hash(key);

    public bool AreEqual(in long left, in long right) => left == right;

    public TValue Create() => create();
}
