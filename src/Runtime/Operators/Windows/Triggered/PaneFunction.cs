namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>What a window that fires makes of what it holds.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">What a window holds.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
internal abstract class PaneFunction<TKey, TAcc, TOut>
{
    /// <summary>Puts out the results of a window.</summary>
    /// <param name="contents">What it holds; may be changed.</param>
    /// <param name="context">The key and window, and where results go.</param>
    public abstract void Fire(ref TAcc contents, FireContext<TKey, TOut> context);

    /// <summary>Whether a window that has fired holds nothing any more.</summary>
    public virtual bool IsEmpty(in TAcc contents) => false;

    /// <summary>Gets the states of the user's code; null if it can have none.</summary>
    public virtual WindowStates<TKey>? States => null;

    /// <summary>A window is forgotten.</summary>
    public virtual void Clear(FireContext<TKey, TOut> context)
    {
    }

    /// <summary>Lets go of what the user's code holds.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>One result, by the functor that the windows are specialised on.</summary>
internal sealed class ResultOfPane<TKey, TAcc, TOut, TFunctor>(TFunctor functor) : PaneFunction<TKey, TAcc, TOut>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    public override void Fire(ref TAcc contents, FireContext<TKey, TOut> context) =>
        context.Emit(functor.Result(context.Key, context.Window, ref contents));
}
