namespace Weir.Runtime.State.Tables;

/// <summary>How keys are told apart. A struct, so that calls are inlined.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public interface IKeyFunctor<TKey>
{
    /// <summary>Spreads keys over a table, by the seed of this process; well mixed in its high bits. Never leaves the process.</summary>
    ulong Hash(in TKey key);

    /// <summary>Whether two keys are the same.</summary>
    bool AreEqual(in TKey left, in TKey right);
}

/// <summary>What a state table is specialised on: how keys are told apart and how a value begins.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public interface ITableFunctor<TKey, TValue> : IKeyFunctor<TKey>
{
    /// <summary>The value of a key that has none yet.</summary>
    TValue Create();
}
