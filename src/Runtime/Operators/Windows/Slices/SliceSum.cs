using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>What the slices of a row add up to for one key.</summary>
internal struct SliceSum<TAcc>
{
    /// <summary>The slices in front that are still in the row.</summary>
    public TAcc Front;

    /// <summary>The slices at the back.</summary>
    public TAcc Back;

    /// <summary>What came to slices in front after they had been added up.</summary>
    public TAcc Late;

    public bool HasFront;
    public bool HasBack;
    public bool HasLate;

    /// <summary>Gets a value indicating whether no slice holds a record of the key.</summary>
    public readonly bool IsEmpty => !HasFront && !HasBack && !HasLate;
}

/// <summary>Tells keys apart as the window's functor does; sums begin empty.</summary>
internal readonly struct SumFunctor<TKey, TAcc, TOut, TFunctor>(TFunctor functor) : ITableFunctor<TKey, SliceSum<TAcc>>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    public ulong Hash(in TKey key) => functor.Hash(key);

    public bool AreEqual(in TKey left, in TKey right) => functor.AreEqual(left, right);

    public SliceSum<TAcc> Create() => default;
}
