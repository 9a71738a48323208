namespace Weir;

/// <summary>A trigger that remembers nothing.</summary>
internal abstract class StatelessTrigger<T> : Trigger<T, int>
{
    protected internal override bool IsStateless => true;

    public override bool CanMerge => true;

    public override void Merge(ref int state, in int other)
    {
    }
}
