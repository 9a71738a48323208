namespace Weir.Runtime.Operators.Windows.Slices;

/// <content>How tables get larger and are emptied a portion at a time.</content>
internal sealed partial class SliceRow<TKey, TAcc, TOut, TFunctor>
{
    private IEnumerable<bool> Reserve(int keys)
    {
        while (!SumsOfAll.TryReserve(keys, Pace.Portion))
        {
            if (pace.IsOverByClearing(Pace.Portion))
            {
                yield return true;
            }
        }
    }

    private IEnumerable<bool> EmptySums()
    {
        while (!SumsOfAll.TryEmpty(Pace.Portion))
        {
            if (pace.IsOver(Pace.Portion))
            {
                yield return true;
            }
        }

        SumsOfAll.Clear();
    }

    private IEnumerable<bool> EmptyFirst()
    {
        var table = slices.Open(First.StartTime);
        while (!table.TryEmpty(Pace.Portion))
        {
            if (pace.IsOver(Pace.Portion))
            {
                yield return true;
            }
        }
    }
}
