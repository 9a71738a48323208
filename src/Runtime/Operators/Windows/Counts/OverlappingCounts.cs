using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>
/// What count windows that overlap, or leave records out, keep beside the counters: for each key the parts that its next window is made of.
/// </summary>
/// <remarks>
/// A part holds as many records as divide both size and slide, so that each window is a row of whole parts, and a record is added once
/// however many windows it belongs to. As with Flink's <c>countWindow(size, slide)</c> a key is never forgotten.
/// </remarks>
internal sealed class OverlappingCounts<TKey, TAcc, TOut, TFunctor>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly TFunctor _functor;
    private readonly long _partsOfWindow;
    private readonly long _partsOfSlide;
    private readonly StateTable<TKey, NoNamespace, LatestParts<TAcc>> _table;
    private readonly KeyTable<TKey, LatestParts<TAcc>> _latest;

    public OverlappingCounts(
        StateBackend backend, CountWindow windows, Codec<TKey> keys, Codec<TAcc> accumulators, TFunctor functor, KeySeed seed)
    {
        _functor = functor;
        var part = SizeOfPart(windows);
        (_partsOfWindow, _partsOfSlide) = (windows.Size / part, windows.Slide / part);
        _table = backend.Open(CodecsOf(keys, accumulators), new PartsFunctor(functor), seed);
        _latest = _table.Open(default);
    }

    /// <summary>Gets what a checkpoint holds.</summary>
    public KeyedPart Part => _table;

    /// <summary>How many records a part holds.</summary>
    public static long SizeOfPart(CountWindow windows) => (long)BigInteger.GreatestCommonDivisor(windows.Size, windows.Slide);

    /// <summary>Says in which forms the parts were written that are going to be restored.</summary>
    public void ReadAs(Codec<TKey> writtenKeys, Codec<TAcc> writtenAccumulators) =>
        _table.ReadAs(CodecsOf(writtenKeys, writtenAccumulators));

    /// <summary>Adds a part that is full.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="part">The part; the caller does not use it any more.</param>
    /// <param name="window">The records of the window that fires by it.</param>
    /// <returns>Whether one does.</returns>
    public bool Add(TKey key, TAcc part, [MaybeNullWhen(false)] out TAcc window)
    {
        var latest = _latest.Find(key, _functor.Hash(key)).Value;
        latest.Add(part, _partsOfWindow);
        if (++latest.SinceWindow < _partsOfSlide)
        {
            window = default;
            return false;
        }

        latest.SinceWindow = 0;
        window = _functor.Create();
        for (var i = 0; i < latest.Count; i++)
        {
            _functor.Merge(ref window, latest[i]);
        }

        return true;
    }

    private EntryCodecs<TKey, NoNamespace, LatestParts<TAcc>> CodecsOf(Codec<TKey> keys, Codec<TAcc> accumulators) =>
        new(keys, NoNamespace.Codec, new LatestPartsCodec<TAcc>(accumulators, _partsOfWindow, _partsOfSlide));

    private readonly struct PartsFunctor(TFunctor functor) : ITableFunctor<TKey, LatestParts<TAcc>>
    {
        public ulong Hash(in TKey key) => functor.Hash(key);

        public bool AreEqual(in TKey left, in TKey right) => functor.AreEqual(left, right);

        public LatestParts<TAcc> Create() => new();
    }
}
