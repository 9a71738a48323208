namespace Weir;

internal sealed class CountTriggers(long count) : Trigger
{
    public override Trigger<T> For<T>() => new CountTrigger<T>(count);

    public override string ToString() => FormattableString.Invariant($"every {count} records");
}

/// <summary>
/// Fires after each number of records. Counts of windows that merge add up; the merge itself does not fire (semantics B4).
/// </summary>
internal sealed class CountTrigger<T>(long count) : Trigger<T, long>
{
    public override bool CanMerge => true;

    public override string ToString() => FormattableString.Invariant($"every {count} records");

    public override TriggerResult OnRecord(T record, long time, ref long state, TriggerContext context)
    {
        if (++state < count)
        {
            return TriggerResult.Wait;
        }

        state = 0;
        return TriggerResult.Fire;
    }

    public override void Merge(ref long state, in long other) => state += other;
}
