using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>The open sessions of all keys: finds the session of a record, merges those that become one, and knows which are over.</summary>
/// <remarks>
/// <para>A key's newest session lies in its slot; others, which only records out of order begin, lie beside it. All of one key lie apart:
/// they neither overlap nor touch.</para>
/// <para>A session is armed once, when it begins. Records that extend it leave its timer alone: the timer goes off, sees that the session
/// ends later, and is set again. Where sessions become one, the timer of the latest counts, and those of the others find that out.</para>
/// <para>A session that was read from a store does not know its timer. Any in it counts then: at its end the session is over; before, a
/// timer is set at its end, and that one counts.</para>
/// </remarks>
internal sealed class OpenSessions<TKey, TAcc, TOut, TFunctor>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly TFunctor _functor;
    private readonly StateTable<TKey, NoNamespace, Session<TAcc>> _table;
    private readonly KeyTable<TKey, Session<TAcc>> _newest;
    private readonly FurtherSessions<TKey, TAcc, TFunctor> _further;
    private readonly TimerWheel<TKey> _timers = new();

    public OpenSessions(
        StateBackend backend, EntryCodecs<TKey, NoNamespace, Session<TAcc>> codecs, TFunctor functor, KeySeed seed)
    {
        _functor = functor;
        _table = backend.Open(codecs, new SessionFunctor<TKey, TAcc, TOut, TFunctor>(functor), seed);
        _newest = _table.Open(default);
        _further = new(backend, codecs.Keys, codecs.Values, functor, seed);
    }

    /// <summary>Gets what a checkpoint holds of them.</summary>
    public KeyedPart[] Parts => [_table, _further.Part];

    /// <summary>Gets the newest session of each key.</summary>
    public KeyTable<TKey, Session<TAcc>> Newest => _newest;

    /// <summary>Gets a value indicating whether any key has more than one session.</summary>
    public bool HasFurther => !_further.IsEmpty;

    /// <summary>Gets the number of timers, those that do not count any more included.</summary>
    public int Timers => _timers.Count;

    /// <summary>The accumulator of the session that a record belongs to; a null reference if it is late.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <param name="window">The session that the record has alone.</param>
    /// <param name="watermark">Sessions are over whose last microsecond is not after it.</param>
    public ref TAcc Find(scoped in TKey key, ulong hash, TimeWindow window, long watermark)
    {
        ref var slot = ref _newest.FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref slot))
        {
            if (window.MaxTime <= watermark)
            {
                return ref Unsafe.NullRef<TAcc>();
            }

            return ref Begin(key, ref _newest.Find(key, hash).Value, window);
        }

        ref var newest = ref slot.Value;
        if (window.EndTime < newest.Start)
        {
            return ref FindBefore(key, hash, window, watermark);
        }

        if (window.StartTime > newest.End)
        {
            // Before anything is moved: it is the user's, and may throw.
            var accumulator = _functor.Create();
            _further.Add(key, hash, newest);
            newest.Accumulator = accumulator;
            return ref Begin(key, ref newest, window);
        }

        if (window.StartTime < newest.Start && Take(key, hash, window, out var earlier))
        {
            _functor.Merge(ref earlier.Accumulator, newest.Accumulator);
            newest.Accumulator = earlier.Accumulator;
            newest.Start = earlier.Start;
        }

        newest.Start = Math.Min(newest.Start, window.StartTime);
        newest.End = Math.Max(newest.End, window.EndTime);
        return ref newest.Accumulator;
    }

    /// <summary>Whether <see cref="Advance"/> has anything to do.</summary>
    public bool IsDue(long watermark) => _timers.IsDue(watermark);

    /// <summary>Does one step towards the next session that is over, and hands it out, removed, when it is there.</summary>
    /// <param name="watermark">Sessions are over whose last microsecond is not after it.</param>
    /// <param name="key">The key; of a step that hands out nothing, anything.</param>
    /// <param name="session">The session.</param>
    /// <returns>Whether a session is handed out. Sessions come in order of their ends.</returns>
    public bool Advance(long watermark, out TKey key, out Session<TAcc> session)
    {
        session = default;
        if (_timers.Advance(watermark, out var time, out key!) != WheelStep.Taken)
        {
            return false;
        }

        var hash = _functor.Hash(key);
        ref var slot = ref _newest.FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref slot))
        {
            return false;
        }

        // The time of a timer lies in its session, which only ever grows.
        var isNewest = time >= slot.Value.Start;
        ref var armed = ref slot.Value;
        if (!isNewest)
        {
            armed = ref _further.Find(key, hash, new TimeWindow(time, time));
        }

        if (Unsafe.IsNullRef(ref armed) || (armed.Armed != time && armed.Armed != Session<TAcc>.Unknown))
        {
            return false;
        }

        if (armed.Window.MaxTime != time)
        {
            Arm(key, ref armed);
            return false;
        }

        session = armed;
        Remove(key, hash, session.Start, isNewest);
        return true;
    }

    /// <summary>Takes away the sessions of a key that are over, as they were found by a record that must not extend them.</summary>
    public void TakeOver(scoped in TKey key, ulong hash, long watermark, Queue<(TKey Key, Session<TAcc> Session)> over)
    {
        for (ref var first = ref _further.First(key, hash);
            !Unsafe.IsNullRef(ref first) && first.Window.MaxTime <= watermark;
            first = ref _further.First(key, hash))
        {
            over.Enqueue((key, _further.Remove(key, hash, first.Start)));
        }

        ref var newest = ref _newest.FindExisting(key, hash);
        if (!Unsafe.IsNullRef(ref newest) && newest.Value.Window.MaxTime <= watermark)
        {
            over.Enqueue((key, newest.Value));
            _newest.Remove(key, hash);
        }
    }

    /// <summary>Says in which forms the sessions were written that are going to be restored.</summary>
    public void ReadAs(EntryCodecs<TKey, NoNamespace, Session<TAcc>> written)
    {
        _table.ReadAs(written);
        _further.ReadAs(written.Keys, written.Values);
    }

    /// <summary>Arms all sessions, which have been restored.</summary>
    /// <exception cref="InvalidDataException">They are not what was written.</exception>
    public void ArmAll()
    {
        // None knows its timer, so that one at its end counts. A walk only looks: nothing is changed on it.
        for (var chunk = 0; _newest.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (_newest.IsUsed(slot.Epoch))
                {
                    _timers.Add(slot.Value.Window.MaxTime, slot.Key);
                }
            }
        }

        foreach (var (key, further) in _further.All().ToList())
        {
            ref var newest = ref _newest.FindExisting(key, _functor.Hash(key));
            if (Unsafe.IsNullRef(ref newest) || further.End >= newest.Value.Start)
            {
                throw new InvalidDataException($"The session of the key '{key}' at {further.Window} is not before its newest one.");
            }

            _timers.Add(further.Window.MaxTime, key);
        }
    }

    private ref TAcc Begin(scoped in TKey key, ref Session<TAcc> session, TimeWindow window)
    {
        (session.Start, session.End) = (window.StartTime, window.EndTime);
        Arm(key, ref session);
        return ref session.Accumulator;
    }

    // The session of a record that comes before the newest one and does not touch it.
    private ref TAcc FindBefore(scoped in TKey key, ulong hash, TimeWindow window, long watermark)
    {
        ref var found = ref _further.Find(key, hash, window);
        if (!Unsafe.IsNullRef(ref found) && found.Start <= window.StartTime && found.End >= window.EndTime)
        {
            return ref found.Accumulator;
        }

        if (Take(key, hash, window, out var session))
        {
            session.Start = Math.Min(session.Start, window.StartTime);
            session.End = Math.Max(session.End, window.EndTime);
            return ref _further.Add(key, hash, session).Accumulator;
        }

        if (window.MaxTime <= watermark)
        {
            return ref Unsafe.NullRef<TAcc>();
        }

        session.Accumulator = _functor.Create();
        Begin(key, ref session, window);
        return ref _further.Add(key, hash, session).Accumulator;
    }

    // Takes away the further sessions of a key that a window touches, merged into the earliest of them.
    private bool Take(scoped in TKey key, ulong hash, TimeWindow window, out Session<TAcc> merged)
    {
        merged = default;
        var isAny = false;
        for (ref var found = ref _further.Find(key, hash, window);
            !Unsafe.IsNullRef(ref found);
            found = ref _further.Find(key, hash, window))
        {
            var next = _further.Remove(key, hash, found.Start);
            if (isAny)
            {
                _functor.Merge(ref merged.Accumulator, next.Accumulator);
                (merged.End, merged.Armed) = (next.End, next.Armed);
            }
            else
            {
                merged = next;
            }

            isAny = true;
        }

        return isAny;
    }

    private void Arm(TKey key, ref Session<TAcc> session)
    {
        session.Armed = session.Window.MaxTime;
        _timers.Add(session.Armed, key);
    }

    private void Remove(scoped in TKey key, ulong hash, long start, bool isNewest)
    {
        if (isNewest)
        {
            _newest.Remove(key, hash);
        }
        else
        {
            _further.Remove(key, hash, start);
        }
    }
}
