using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>
/// The open sessions of keys that have more than one, without the newest: records that come out of order begin sessions before it.
/// </summary>
/// <remarks>
/// Keys of one session, which are nearly all, are not here. Those that are have a tree each, so that cost grows with the logarithm of their
/// sessions.
/// </remarks>
internal sealed class FurtherSessions<TKey, TAcc, TFunctor>
    where TFunctor : struct, IKeyFunctor<TKey>
{
    private readonly StateTable<TKey, NoNamespace, WindowTree<Session<TAcc>>> _table;
    private readonly KeyTable<TKey, WindowTree<Session<TAcc>>> _trees;

    public FurtherSessions(StateBackend backend, Codec<TKey> keys, Codec<Session<TAcc>> sessions, TFunctor functor, KeySeed seed)
    {
        _table = backend.Open(CodecsOf(keys, sessions), new TreeFunctor(functor), seed);
        _table.Name = "further sessions";
        _trees = _table.Open(default);
    }

    /// <summary>Gets what a checkpoint holds.</summary>
    public KeyedPart Part => _table;

    /// <summary>Gets a value indicating whether no key has more than one session.</summary>
    public bool IsEmpty => _trees.Count == 0;

    /// <summary>Says in which forms the sessions were written that are going to be restored.</summary>
    public void ReadAs(Codec<TKey> writtenKeys, Codec<Session<TAcc>> writtenSessions) =>
        _table.ReadAs(CodecsOf(writtenKeys, writtenSessions));

    /// <summary>The earliest session of a key that overlaps or touches a window.</summary>
    /// <returns>The session, in its place until one is added or removed; a null reference if there is none.</returns>
    public ref Session<TAcc> Find(scoped in TKey key, ulong hash, TimeWindow window)
    {
        if (TreeOf(key, hash) is { } tree && tree.TryFind(window, out var found))
        {
            return ref tree.ValueAt(found.StartTime);
        }

        return ref Unsafe.NullRef<Session<TAcc>>();
    }

    /// <summary>The earliest session of a key.</summary>
    /// <returns>The session, in its place until one is added or removed; a null reference if there is none.</returns>
    public ref Session<TAcc> First(scoped in TKey key, ulong hash) => ref Find(key, hash, TimeWindow.All);

    /// <summary>Adds a session.</summary>
    /// <returns>The session in its place.</returns>
    public ref Session<TAcc> Add(scoped in TKey key, ulong hash, scoped in Session<TAcc> session)
    {
        return ref _trees.Find(key, hash).Value.Add(session.Window, session);
    }

    /// <summary>Removes a session that is there.</summary>
    /// <returns>What it was.</returns>
    public Session<TAcc> Remove(scoped in TKey key, ulong hash, long start)
    {
        var tree = TreeOf(key, hash)!;
        var isThere = tree.Remove(start, out var session);
        Invariant.Holds(isThere, $"a session that starts at {start} is not there");
        if (tree.Count == 0)
        {
            _trees.Remove(key, hash);
        }

        return session;
    }

    /// <summary>All sessions, those of a key in order of time. None may be looked for meanwhile.</summary>
    public IEnumerable<(TKey Key, Session<TAcc> Session)> All()
    {
        foreach (var slot in _trees.All())
        {
            foreach (var (_, session) in slot.Value.InOrder())
            {
                yield return (slot.Key, session);
            }
        }
    }

    private static EntryCodecs<TKey, NoNamespace, WindowTree<Session<TAcc>>> CodecsOf(Codec<TKey> keys, Codec<Session<TAcc>> sessions) =>
        new(keys, NoNamespace.Codec, new SessionTreeCodec<TAcc>(sessions));

    private WindowTree<Session<TAcc>>? TreeOf(scoped in TKey key, ulong hash)
    {
        if (IsEmpty)
        {
            return null;
        }

        ref var slot = ref _trees.FindExisting(key, hash);
        return Unsafe.IsNullRef(ref slot) ? null : slot.Value;
    }

    private readonly struct TreeFunctor(TFunctor functor) : ITableFunctor<TKey, WindowTree<Session<TAcc>>>
    {
        public ulong Hash(in TKey key) => functor.Hash(key);

        public bool AreEqual(in TKey left, in TKey right) => functor.AreEqual(left, right);

        public WindowTree<Session<TAcc>> Create() => new();
    }
}
