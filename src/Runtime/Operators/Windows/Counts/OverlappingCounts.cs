using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
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
internal sealed class OverlappingCounts<TKey, TAcc, TOut, TFunctor> : KeyedPart
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly Codec<TKey> _keys;
    private readonly Codec<TAcc> _accumulators;
    private readonly TFunctor _functor;
    private readonly long _partsOfWindow;
    private readonly long _partsOfSlide;
    private readonly HeapKeyTable<TKey, LatestParts<TAcc>, PartsFunctor> _latest;
    private (Codec<TKey> Keys, Codec<TAcc> Accumulators)? _written;

    public OverlappingCounts(CountWindow windows, Codec<TKey> keys, Codec<TAcc> accumulators, TFunctor functor)
    {
        (_keys, _accumulators, _functor) = (keys, accumulators, functor);
        var part = SizeOfPart(windows);
        (_partsOfWindow, _partsOfSlide) = (windows.Size / part, windows.Slide / part);
        _latest = new(new PartsFunctor(functor), new SlotAccount());
    }

    /// <summary>How many records a part holds.</summary>
    public static long SizeOfPart(CountWindow windows) => (long)BigInteger.GreatestCommonDivisor(windows.Size, windows.Slide);

    /// <summary>Says in which forms the parts were written that are going to be restored.</summary>
    public void ReadAs(Codec<TKey> writtenKeys, Codec<TAcc> writtenAccumulators) => _written = (writtenKeys, writtenAccumulators);

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

    /// <inheritdoc/>
    public override KeyedSnapshot Snapshot() => new PartsSnapshot<TKey, TAcc>([.. All()], _keys, _accumulators);

    /// <inheritdoc/>
    public override void Restore(ref MessagePackReader reader, int keyGroup, int keyGroupCount)
    {
        var written = _written ?? (_keys, _accumulators);
        var key = written.Keys.Read(ref reader);
        if (key is null || KeyGroups.Of(_keys.StableHash(key), keyGroupCount) != keyGroup)
        {
            throw new InvalidDataException($"It holds the key '{key}', which belongs to another key group.");
        }

        var hash = _functor.Hash(key);
        if (!Unsafe.IsNullRef(ref _latest.FindExisting(key, hash)))
        {
            throw new InvalidDataException($"It holds the latest records of the key '{key}' twice.");
        }

        var latest = _latest.Find(key, hash).Value;
        latest.SinceWindow = reader.ReadBounded(0, _partsOfSlide - 1);
        var parts = reader.ReadArrayHeader();
        for (var i = 0; i < parts; i++)
        {
            latest.Add(written.Accumulators.Read(ref reader), _partsOfWindow);
        }
    }

    private IEnumerable<(TKey Key, LatestParts<TAcc> Parts)> All()
    {
        foreach (var slot in _latest.All())
        {
            yield return (slot.Key, slot.Value.Copy());
        }
    }

    private readonly struct PartsFunctor(TFunctor functor) : ITableFunctor<TKey, LatestParts<TAcc>>
    {
        public ulong Hash(in TKey key) => functor.Hash(key);

        public bool AreEqual(in TKey left, in TKey right) => functor.AreEqual(left, right);

        public LatestParts<TAcc> Create() => new();
    }
}
