namespace Weir;

internal sealed class NeverTriggers : Trigger
{
    public override Trigger<T> For<T>() => new NeverTrigger<T>();

    public override string ToString() => "never";
}

/// <summary>Never fires.</summary>
internal sealed class NeverTrigger<T> : StatelessTrigger<T>
{
    public override string ToString() => "never";

    public override TriggerResult OnRecord(T record, long time, ref int state, TriggerContext context) => TriggerResult.Wait;
}
