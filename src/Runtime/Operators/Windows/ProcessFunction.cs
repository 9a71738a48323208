namespace Weir.Runtime.Operators.Windows;

/// <summary>Hands what a window holds to the user's <see cref="WindowProcess{TIn, TKey, TOut}"/>.</summary>
/// <param name="process">The process.</param>
/// <param name="inputOf">What it is given of what a window holds.</param>
internal sealed class ProcessFunction<TAcc, TIn, TKey, TOut>(WindowProcess<TIn, TKey, TOut> process, Func<TAcc, TIn> inputOf)
    : PaneFunction<TKey, TAcc, TOut>
{
    public override void Fire(ref TAcc contents, FireContext<TKey, TOut> context) => process.OnFire(inputOf(contents), context);

    public override void Clear(FireContext<TKey, TOut> context) => process.OnClear(context);
}
