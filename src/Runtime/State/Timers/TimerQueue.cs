using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Timers;

/// <summary>
/// The timers of one operator in one kind of time: a set, handed out in order of time, in order of registration where times are equal.
/// </summary>
/// <remarks>
/// <para>Registering, deleting and taking cost the logarithm of the number of timers. Part of the operator's keyed state: a snapshot holds
/// each timer with its key group.</para>
/// <para>The queue itself is the place in a fire: an operator that has no room stops taking, and goes on taking later. A timer that is
/// registered at or before a time that has passed is handed out by the next call.</para>
/// </remarks>
internal sealed class TimerQueue<TKey, TNamespace, TFunctor> : KeyedPart
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, IKeyFunctor<TKey>
{
    private readonly Codec<TKey> _keys;
    private readonly Codec<TNamespace> _namespaces;
    private readonly TimerFunctor _functor;

    // The set, with the number of each.
    private readonly HeapStateTable<Timer<TKey, TNamespace>, NoNamespace, int, TimerFunctor> _table;
    private readonly KeyTable<Timer<TKey, TNamespace>, int> _numbers;

    // By number: a timer, when it was registered, and where in the heap it stands. Numbers are used again.
    private readonly List<(Timer<TKey, TNamespace> Timer, long Order, int Place)> _timers = [];
    private readonly Stack<int> _free = new();
    private readonly List<int> _heap = [];
    private long _registered;

    public TimerQueue(Codec<TKey> keys, Codec<TNamespace> namespaces, TFunctor functor, KeySeed seed)
    {
        (_keys, _namespaces) = (keys, namespaces);
        _functor = new TimerFunctor(namespaces, functor, seed);
        _table = new(CodecsOf(keys), _functor, seed);
        _numbers = _table.Open(default);
    }

    /// <inheritdoc/>
    public override PartForm Description => new(Name, PartKind.Timers, _namespaces.Schema, _keys.Schema, PartForm.Nothing);

    /// <summary>Gets the number of timers.</summary>
    public int Count => _heap.Count;

    /// <summary>Gets the earliest time; <see cref="long.MaxValue"/> if there is no timer.</summary>
    public long NextTime => _heap.Count == 0 ? long.MaxValue : _timers[_heap[0]].Timer.Time;

    /// <summary>Registers a timer; returns false if it is there already.</summary>
    public bool Register(TKey key, TNamespace name, long time)
    {
        var timer = new Timer<TKey, TNamespace>(key, name, time);
        var number = _free.TryPeek(out var free) ? free : _timers.Count;
        var before = _numbers.Count;
        ref var slot = ref _numbers.Find(timer, _functor.Hash(timer));
        if (_numbers.Count == before)
        {
            return false;
        }

        slot.Value = number;

        if (number == _timers.Count)
        {
            _timers.Add(default);
        }
        else
        {
            _free.Pop();
        }

        _timers[number] = (timer, _registered++, _heap.Count);
        _heap.Add(number);
        Rise(_heap.Count - 1);
        return true;
    }

    /// <summary>Deletes the timer of exactly this key, namespace and time; returns whether there was one.</summary>
    public bool Delete(TKey key, TNamespace name, long time)
    {
        var timer = new Timer<TKey, TNamespace>(key, name, time);
        var hash = _functor.Hash(timer);
        ref var slot = ref _numbers.FindExisting(timer, hash);
        if (Unsafe.IsNullRef(ref slot))
        {
            return false;
        }

        var number = slot.Value;
        _numbers.Remove(timer, hash);
        Release(number);
        return true;
    }

    /// <summary>Takes the earliest timer if its time is not after this one.</summary>
    public bool TryTake(long time, [MaybeNullWhen(false)] out Timer<TKey, TNamespace> timer)
    {
        if (_heap.Count == 0 || NextTime > time)
        {
            timer = default;
            return false;
        }

        var number = _heap[0];
        timer = _timers[number].Timer;
        _numbers.Remove(timer, _functor.Hash(timer));
        Release(number);
        return true;
    }

    /// <summary>Gets all timers, in no particular order.</summary>
    public IEnumerable<Timer<TKey, TNamespace>> All => _heap.Select(number => _timers[number].Timer);

    /// <inheritdoc/>
    public override long Changes => _table.Changes;

    /// <inheritdoc/>
    public override bool KnowsChanges => _table.KnowsChanges;

    /// <summary>Says how the keys were written of the timers that are going to be restored.</summary>
    public void ReadAs(Codec<TKey> written) => _table.ReadAs(CodecsOf(written));

    /// <inheritdoc/>
    public override KeyedSnapshot Snapshot(SnapshotCut cut) => _table.Snapshot(cut);

    /// <inheritdoc/>
    public override void BeginRestore(int runs) => _table.BeginRestore(runs);

    /// <inheritdoc/>
    public override void Restore(ref MessagePackReader reader, RestoredGroup group) => _table.Restore(ref reader, group);

    /// <inheritdoc/>
    public override void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace) =>
        _table.RestoreRemoval(ref reader, group, isNamespace);

    /// <inheritdoc/>
    public override void Expect(double times) => _table.Expect(times);

    /// <inheritdoc/>
    public override void EndRestore()
    {
        _table.EndRestore();
        (_registered, _heap.Capacity) = (0, Math.Max(_heap.Capacity, _numbers.Count));
        _heap.Clear();
        _timers.Clear();
        _free.Clear();
        for (var chunk = 0; _numbers.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (_numbers.IsUsed(slot.Epoch))
                {
                    slot.Value = _timers.Count;
                    _timers.Add((slot.Key, _registered++, _heap.Count));
                    _heap.Add(slot.Value);
                }
            }
        }

        for (var place = (_heap.Count / 2) - 1; place >= 0; place--)
        {
            Sink(place);
        }
    }

    private EntryCodecs<Timer<TKey, TNamespace>, NoNamespace, int> CodecsOf(Codec<TKey> keys) =>
        new(new TimerCodec<TKey, TNamespace>(keys, _namespaces), NoNamespace.Codec, NoValue.Instance);

    private void Release(int number)
    {
        var place = _timers[number].Place;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last != number)
        {
            Put(last, place);
            Rise(place);
            Sink(_timers[last].Place);
        }

        _timers[number] = default;
        _free.Push(number);
    }

    private void Rise(int place)
    {
        var number = _heap[place];
        for (var parent = (place - 1) / 2; place > 0 && IsBefore(number, _heap[parent]); parent = (place - 1) / 2)
        {
            Put(_heap[parent], place);
            place = parent;
        }

        Put(number, place);
    }

    private void Sink(int place)
    {
        var number = _heap[place];
        for (var child = (2 * place) + 1; child < _heap.Count; child = (2 * place) + 1)
        {
            child += child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child]) ? 1 : 0;
            if (!IsBefore(_heap[child], number))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(number, place);
    }

    private void Put(int number, int place)
    {
        _heap[place] = number;
        _timers[number] = _timers[number] with { Place = place };
    }

    private bool IsBefore(int left, int right)
    {
        var (one, other) = (_timers[left], _timers[right]);
        return one.Timer.Time != other.Timer.Time ? one.Timer.Time < other.Timer.Time : one.Order < other.Order;
    }

    private readonly struct TimerFunctor(Codec<TNamespace> namespaces, TFunctor functor, KeySeed seed)
        : ITableFunctor<Timer<TKey, TNamespace>, int>
    {
        public bool AreEqual(in Timer<TKey, TNamespace> left, in Timer<TKey, TNamespace> right) =>
            left.Time == right.Time && left.Namespace.Equals(right.Namespace) && functor.AreEqual(left.Key, right.Key);

        public ulong Hash(in Timer<TKey, TNamespace> timer) => KeyHash.Combine(
            KeyHash.Combine(functor.Hash(timer.Key), (ulong)timer.Time, seed), KeyHash.Of(namespaces, timer.Namespace, seed), seed);

        public int Create() => 0;
    }

    // Its number is of this queue alone.
    private sealed class NoValue : Codec<int>
    {
        public static NoValue Instance { get; } = new();

        public override Schema Schema { get; } = Schema.Of("none");

        public override void Write(ref MessagePackWriter writer, in int value)
        {
        }

        public override int Read(ref MessagePackReader reader) => 0;
    }
}
