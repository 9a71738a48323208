using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Panes that keep their records for a function of the whole group.</summary>
/// <param name="stage">The stage.</param>
/// <param name="seed">Spreads keys.</param>
/// <param name="spare">Where lists go when their result is made, of windows that have one result only; null if they may be needed again.
/// </param>
internal readonly struct GroupFunctor<T, TKey, TOut>(
    AggregateGroupStage<T, TKey, TOut> stage, KeySeed seed, SpareLists<List<T>>? spare = null)
    : IPaneFunctor<TKey, List<T>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public List<T> Create() => spare?.Take() ?? [];

    public void Merge(ref List<T> accumulator, List<T> other) => accumulator.AddRange(other);

    public TOut Result(TKey key, TimeWindow window, ref List<T> accumulator)
    {
        var records = accumulator;
        var group = new WindowGroup<TKey, T>(key, window, records);
        var result = stage.Result(group);
        if (spare is not null)
        {
            accumulator = null!;
            group.Close();
            var held = records.Count;
            records.Clear();
            spare.Keep(records, held, records.Capacity);
        }

        return result;
    }
}
