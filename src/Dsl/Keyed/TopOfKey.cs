namespace Weir;

/// <summary>Keeps the best records of each key, and tells how they change.</summary>
internal sealed class TopOfKey<TKey, T, TBy>(Ranking<T, TBy> ranking) : KeyedProcess<TKey, T, Change<T>>
{
    private ValueState<Top<T>>? _top = new();

    public override void OnRecord(T record, ProcessContext<TKey, Change<T>> context)
    {
        ref var top = ref _top!.Ref;
        var ranked = top.Ranked ??= [];
        var place = ranking.PlaceOf(ranked, record);
        if (place >= ranking.Size)
        {
            return;
        }

        if (ranked.Count < ranking.Size)
        {
            context.Emit(Change<T>.First(record));
        }
        else
        {
            context.Emit(Change<T>.From(ranked[^1], record));
            ranked.RemoveAt(ranked.Count - 1);
        }

        ranked.Insert(place, record);
    }

    protected override void Wire(StateBinder binder) => binder.Bind("top", ref _top);
}
