using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Handles;

/// <summary>Whose turn it is: the key that the states of an operator show, and the call in which they may be used.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="keys">Hashes keys.</param>
/// <param name="seed">Spreads them.</param>
/// <param name="clock">The processing time.</param>
internal sealed class KeyScope<TKey>(Codec<TKey> keys, KeySeed seed, Func<long> clock) : ITurn
{
    // No thread has it: nobody is in a call.
    private const int Nobody = 0;

    private int _thread = Nobody;

    // The turn that has asked for the time, and the time.
    private long _timed = -1;
    private long _time;

    /// <summary>Gets the current key.</summary>
    public TKey Key { get; private set; } = default!;

    /// <summary>Gets the hash of the current key.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Gets a number that differs from key to key: what is known of the key before is not known of this one.</summary>
    public long Turn { get; private set; }

    /// <inheritdoc/>
    public long Time
    {
        get
        {
            if (_timed != Turn)
            {
                (_timed, _time) = (Turn, clock());
            }

            return _time;
        }
    }

    /// <summary>Gets the processing time, whosever turn it is.</summary>
    public long Now => clock();

    /// <summary>Calls begin on this thread.</summary>
    public void Begin() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Calls begin on this thread that have no key.</summary>
    public void BeginWithoutKey() => _thread = -Environment.CurrentManagedThreadId;

    /// <summary>Calls have ended.</summary>
    public void End() => _thread = Nobody;

    /// <summary>It is the turn of a key.</summary>
    /// <param name="key">The key; not null.</param>
    public void Enter(TKey key)
    {
        Key = key;
        Hash = HashOf(key);
        Turn++;
    }

    /// <summary>The hash of a key.</summary>
    /// <param name="key">The key; not null.</param>
    /// <returns>The hash.</returns>
    public ulong HashOf(TKey key) => KeyHash.Of(keys, key, seed);

    /// <summary>Refuses whoever is in no call, or on another thread.</summary>
    /// <param name="what">What he uses.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(string what)
    {
        if (_thread != Environment.CurrentManagedThreadId)
        {
            Refuse(what);
        }
    }

    /// <summary>Refuses whoever is in no call, or on another thread. A call without a key will do.</summary>
    /// <param name="what">What he uses.</param>
    public void CheckCall(string what)
    {
        if (Math.Abs(_thread) != Environment.CurrentManagedThreadId)
        {
            Refuse(what);
        }
    }

    private void Refuse(string what) => throw new InvalidOperationException(
        _thread == Nobody
            ? $"'{what}' was used outside of a call. State, timers and outputs belong to the key of a record or timer: use them in "
                + "OnRecord and OnTimer only, and keep no task, event or enumerator that goes on behind the call."
        : _thread == -Environment.CurrentManagedThreadId
            ? $"'{what}' was used in OnBroadcast, but it belongs to a key, and a record that goes to every subtask has none. Keep what "
                + "such a record says in a BroadcastState, and use that in OnRecord and OnTimer."
        : $"'{what}' was used on another thread than that of the call. One thread at a time may use the state of a subtask: do not start "
            + "tasks or threads that use it, and do not await in between.");
}
