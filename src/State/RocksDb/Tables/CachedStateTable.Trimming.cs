using System.Diagnostics.CodeAnalysis;

namespace Weir.RocksDbState.Tables;

/// <content>How what its namespaces hold is weighed, and how room is made.</content>
internal sealed partial class CachedStateTable<TKey, TNamespace, TValue, TFunctor>
{
    // So many namespaces are asked for room in one step.
    private const int NamespacesATrim = 64;

    private const int Newcomers = 256;

    // Entries that have come and are given their values now.
    private readonly (CachedKeyTable<TKey, TNamespace, TValue, TFunctor> Table, int Place)[] _newcomers =
        new (CachedKeyTable<TKey, TNamespace, TValue, TFunctor>, int)[Newcomers];

    // Namespaces whose turn is still to come: to be weighed, and to give room.
    private readonly Queue<CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> _unweighed = new();
    private readonly Queue<CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> _untrimmed = new();
    private int _newcomerCount;

    /// <summary>An entry has come, and is weighed when it has its value.</summary>
    public void WeighSoon(CachedKeyTable<TKey, TNamespace, TValue, TFunctor> table, int place)
    {
        if (_newcomerCount == Newcomers)
        {
            WeighNewcomers();
        }

        _newcomers[_newcomerCount++] = (table, place);
    }

    /// <summary>Weighs entries that have come. They stand where they were put, or others do that are weighed again.</summary>
    public void WeighNewcomers()
    {
        var count = _newcomerCount;
        _newcomerCount = 0;
        foreach (var (table, place) in _newcomers.AsSpan(0, count))
        {
            table.Weigh(place);
        }

        _newcomers.AsSpan(0, count).Clear();
    }

    /// <inheritdoc/>
    public void Weigh(int portion)
    {
        WeighNewcomers();
        if (!CachedKeyTable<TKey, TNamespace, TValue, TFunctor>.MayGrow)
        {
            return;
        }

        var mayRefill = true;
        while (portion > 0 && TryPeek(_unweighed, ref mayRefill, out var table))
        {
            var looked = table.WeighInTurn(portion);
            if (looked < portion)
            {
                _unweighed.Dequeue();
            }

            portion -= looked + 1;
        }
    }

    /// <inheritdoc/>
    public void Trim(int count, long bytes, bool mayWrite, bool isHeld)
    {
        var mayRefill = true;
        var table = Largest(isHeld);
        for (var asked = 0; table is not null && asked < NamespacesATrim; asked++)
        {
            if (!(isHeld && table.IsWalked))
            {
                var gone = table.Evict(count, bytes, mayWrite);
                (count, bytes) = (count - gone.Count, bytes - gone.Bytes);
                if (table.TryShrink())
                {
                    Moves++;
                }
            }

            // With room for slots the largest has done its part. Many small ones give what they point to.
            table = count > 0 && bytes is > 0 and < long.MaxValue && TryPeek(_untrimmed, ref mayRefill, out var next) ? next : null;
            if (table is not null)
            {
                _untrimmed.Dequeue();
            }
        }

        // What is not in the cache is looked for in the store.
        behind.WritePuts();
    }

    // The next namespace whose turn it is; all have theirs once a call at most.
    private bool TryPeek(
        Queue<CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> turn,
        ref bool mayRefill,
        [NotNullWhen(true)] out CachedKeyTable<TKey, TNamespace, TValue, TFunctor>? table)
    {
        if (turn.Count == 0 && mayRefill)
        {
            mayRefill = false;
            foreach (var (_, open) in _open.All)
            {
                turn.Enqueue(open);
            }
        }

        return turn.TryPeek(out table);
    }

    private CachedKeyTable<TKey, TNamespace, TValue, TFunctor>? Largest(bool isHeld)
    {
        CachedKeyTable<TKey, TNamespace, TValue, TFunctor>? largest = null;
        foreach (var (_, table) in _open.All)
        {
            if (!(isHeld && table.IsWalked) && table.Bytes > (largest?.Bytes ?? 0))
            {
                largest = table;
            }
        }

        return largest;
    }
}
