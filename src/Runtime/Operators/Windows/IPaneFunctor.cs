namespace Weir.Runtime.Operators.Windows;

/// <summary>What a windowed aggregate is specialised on: how keys are told apart and how a pane begins and ends. A struct, so that calls are inlined.</summary>
/// <remarks>How a record is added is not here: the kernel does it in its own loop, on the accumulator that the operator hands out.</remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public interface IPaneFunctor<TKey, TAcc, TOut>
{
    /// <summary>Spreads keys over a table. Deterministic, so that runs can be repeated; well mixed in its high bits.</summary>
    ulong Hash(in TKey key);

    /// <summary>Whether two keys are the same.</summary>
    bool AreEqual(in TKey left, in TKey right);

    /// <summary>An accumulator of no record.</summary>
    TAcc Create();

    /// <summary>The result of a pane.</summary>
    TOut Result(in TKey key, TimeWindow window, ref TAcc accumulator);
}
