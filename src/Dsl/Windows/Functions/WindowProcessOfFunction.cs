namespace Weir;

/// <summary>A function without state as a <see cref="WindowProcess{TIn, TKey, TOut}"/>.</summary>
internal sealed class WindowProcessOfFunction<TIn, TKey, TOut>(Func<TIn, WindowContext<TKey>, IEnumerable<TOut>> function)
    : WindowProcess<TIn, TKey, TOut>
{
    protected override void Wire(StateBinder binder)
    {
    }

    public override void OnFire(TIn input, WindowContext<TKey, TOut> context)
    {
        foreach (var result in function(input, context) ?? throw new InvalidOperationException(
            "The function of Process returned null. Return an empty sequence where a window has no result."))
        {
            context.Emit(result);
        }
    }
}
