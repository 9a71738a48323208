namespace Weir.Runtime.State.Handles;

/// <summary>Tells the keys of a map state apart: by their own equality, spread by the seed of the process.</summary>
internal sealed class MapKeys<TKey>(Codec<TKey> keys, KeySeed seed) : IEqualityComparer<TKey>
    where TKey : notnull
{
    public bool Equals(TKey? left, TKey? right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public int GetHashCode(TKey key) => (int)(KeyHash.Of(keys, key, seed) >> 32);
}
