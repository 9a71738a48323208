using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The open windows of all keys where windows merge: a <see cref="MergingWindowSet"/> for each key that has any.</summary>
internal sealed class MergingWindows<TKey, TKeys>
    where TKeys : struct, IKeyFunctor<TKey>
{
    private readonly TKeys _functor;
    private readonly Codec<TKey> _keys;
    private readonly StateTable<TKey, NoNamespace, MergingWindowSet> _table;
    private readonly KeyTable<TKey, MergingWindowSet> _sets;

    public MergingWindows(StateBackend backend, Codec<TKey> keys, TKeys functor, KeySeed seed)
    {
        _functor = functor;
        _keys = keys;
        _table = backend.Open<TKey, NoNamespace, MergingWindowSet, OwnKeyFunctor<TKey, MergingWindowSet, TKeys>>(
            new(keys, NoNamespace.Codec, SetCodec.Instance),
            new OwnKeyFunctor<TKey, MergingWindowSet, TKeys>(functor, static () => new MergingWindowSet()),
            seed);
        _sets = _table.Open(default);
    }

    /// <summary>Gets what a checkpoint holds.</summary>
    public KeyedPart Part => _table;

    /// <summary>Gets the number of keys with open windows.</summary>
    public int Count => _sets.Count;

    /// <summary>Adds the window of a record.</summary>
    public MergedWindow Add(TKey key, TimeWindow window) => _sets.Find(key, _functor.Hash(key)).Value.Add(window);

    /// <summary>The window under which the contents of an open window are kept; null if it is not open.</summary>
    public TimeWindow? StateOf(TKey key, TimeWindow window)
    {
        ref var slot = ref _sets.FindExisting(key, _functor.Hash(key));
        return Unsafe.IsNullRef(ref slot) ? null : slot.Value.StateOf(window);
    }

    /// <summary>Forgets a window.</summary>
    public void Retire(TKey key, TimeWindow window)
    {
        var hash = _functor.Hash(key);
        ref var slot = ref _sets.FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref slot))
        {
            return;
        }

        slot.Value.Retire(window);
        if (slot.Value.Count == 0)
        {
            _sets.Remove(key, hash);
        }
    }

    /// <summary>Says in which form the keys were written that are going to be restored.</summary>
    public void ReadAs(StoredForms forms) =>
        _table.ReadAs(new(forms.Reading(PaneSchema.Key, _keys), NoNamespace.Codec, SetCodec.Instance));

    private sealed class SetCodec : Codec<MergingWindowSet>
    {
        public static SetCodec Instance { get; } = new();

        public override Schema Schema { get; } = Schema.Of("windows");

        public override void Write(ref MessagePackWriter writer, in MergingWindowSet value)
        {
            writer.WriteArrayHeader(2 * value.Count);
            foreach (var (window, state) in value.InOrder())
            {
                TimeWindowCodec.Instance.Write(ref writer, window);
                TimeWindowCodec.Instance.Write(ref writer, state);
            }
        }

        public override MergingWindowSet Read(ref MessagePackReader reader)
        {
            var set = new MergingWindowSet();
            var count = reader.ReadArrayHeader();
            if (count % 2 != 0)
            {
                throw new InvalidDataException("It holds a window without the one that its contents are kept under.");
            }

            for (var i = 0; i < count; i += 2)
            {
                set.Restore(TimeWindowCodec.Instance.Read(ref reader), TimeWindowCodec.Instance.Read(ref reader));
            }

            return set;
        }
    }
}
