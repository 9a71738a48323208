using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tables;

/// <content>How the keys of a batch are fetched at once.</content>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    // Those of the batch that the store has not got.
    private readonly AbsentKeys<TKey, TValue, TFunctor> _absent;

    public override bool Prefetches => !IsComplete;

    public override void Prefetch(ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes)
    {
        _walk.End();
        _absent.Clear();
        if (IsComplete || !_state.Form.IsCanonical)
        {
            return;
        }

        var missed = _state.Missed;
        missed.Clear();
        for (var i = 0; i < keys.Length; i++)
        {
            // A null key is the kernel's to complain of.
            if (keys[i] is not null && Probe(keys[i], hashes[i]).Epoch == Tags.Free)
            {
                missed.Tag = i;
                _state.Form.WriteKey(missed.Writer, _prefix, keys[i]);
                missed.EndKey();
                missed.End();
            }
        }

        if (missed.Count > 1)
        {
            Fetch(missed, keys, hashes);
        }
    }

    private void Fetch(ByteRows missed, ReadOnlySpan<TKey> keys, ReadOnlySpan<ulong> hashes)
    {
        var order = missed.Order();
        var found = _state.GetMany(missed, order);
        for (var i = 0; i < order.Length; i++)
        {
            var of = missed.TagOf(order[i]);
            if (Probe(keys[of], hashes[of]).Epoch != Tags.Free || _absent.Has(keys[of], hashes[of]))
            {
                // Twice in the batch.
                continue;
            }

            if (found.TryGet(i, out var value) && !_state.IsRemoved(missed.Key(order[i])))
            {
                Insert(keys[of], hashes[of], _state.Form.Value(value), Tags.Clean);
            }
            else
            {
                _absent.Add(keys[of], hashes[of]);
            }
        }
    }
}
