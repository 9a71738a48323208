using System.Diagnostics.CodeAnalysis;

namespace Weir;

/// <summary>
/// A map that is walked in the order in which its keys came. Removing leaves a gap, and gaps are closed when they are half of it.
/// </summary>
/// <param name="comparer">Tells keys apart.</param>
internal sealed class InsertionMap<TKey, TValue>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private const int MostGapsKept = 8;

    private readonly Dictionary<TKey, int> _places = new(comparer);
    private readonly List<(TKey Key, TValue Value, bool IsThere)> _entries = [];
    private int _version;

    public int Count => _places.Count;

    public TValue this[TKey key]
    {
        set
        {
            if (_places.TryGetValue(key, out var place))
            {
                // The key stays the one that came first, as in a dictionary.
                _entries[place] = _entries[place] with { Value = value };
                return;
            }

            _places.Add(key, _entries.Count);
            _entries.Add((key, value, true));
            _version++;
        }
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var isFound = _places.TryGetValue(key, out var place);
        value = isFound ? _entries[place].Value : default;
        return isFound;
    }

    public bool Remove(TKey key)
    {
        if (!_places.Remove(key, out var place))
        {
            return false;
        }

        _version++;
        _entries[place] = default;
        if (_entries.Count - _places.Count > Math.Max(MostGapsKept, _places.Count))
        {
            Close();
        }

        return true;
    }

    public void Clear()
    {
        _places.Clear();
        _entries.Clear();
        _version++;
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        var version = _version;
        foreach (var (key, value, isThere) in EntriesNow(version))
        {
            if (isThere)
            {
                yield return new KeyValuePair<TKey, TValue>(key, value);
            }
        }
    }

    private IEnumerable<(TKey Key, TValue Value, bool IsThere)> EntriesNow(int version)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            yield return _entries[i];
            if (version != _version)
            {
                throw new InvalidOperationException(
                    "The map was changed while it was walked: entries came or went. Walk a copy of its keys, as by Keys.ToList().");
            }
        }
    }

    private void Close()
    {
        _entries.RemoveAll(entry => !entry.IsThere);
        for (var i = 0; i < _entries.Count; i++)
        {
            _places[_entries[i].Key] = i;
        }
    }
}
