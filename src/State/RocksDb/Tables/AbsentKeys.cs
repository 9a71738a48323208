using System.Numerics;
using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>Keys that were looked for in the store, in vain. They stay absent until something is written to it.</summary>
/// <param name="functor">Tells keys apart.</param>
internal sealed class AbsentKeys<TKey, TValue, TFunctor>(TFunctor functor)
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private const int MinPlaces = 256;

    private (TKey Key, ulong Hash, bool IsUsed)[] _places = [];
    private int _count;
    private int _shift = 64;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        if (_count > 0)
        {
            Array.Clear(_places);
            _count = 0;
        }
    }

    /// <summary>Takes in a key; once.</summary>
    public void Add(in TKey key, ulong hash)
    {
        if (2 * _count >= _places.Length)
        {
            var left = _places;
            _places = new (TKey, ulong, bool)[Math.Max(MinPlaces, 2 * left.Length)];
            _shift = 64 - BitOperations.Log2((uint)_places.Length);
            foreach (ref readonly var place in left.AsSpan())
            {
                if (place.IsUsed)
                {
                    Look(place.Key, place.Hash) = place;
                }
            }
        }

        Look(key, hash) = (key, hash, true);
        _count++;
    }

    /// <summary>Whether a key is one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(in TKey key, ulong hash) => _count > 0 && Look(key, hash).IsUsed;

    private ref (TKey Key, ulong Hash, bool IsUsed) Look(in TKey key, ulong hash)
    {
        var places = _places;
        for (var i = (int)(hash >> _shift); ; i = (i + 1) & (places.Length - 1))
        {
            ref var place = ref places[i];
            if (!place.IsUsed || (place.Hash == hash && functor.AreEqual(place.Key, key)))
            {
                return ref place;
            }
        }
    }
}
