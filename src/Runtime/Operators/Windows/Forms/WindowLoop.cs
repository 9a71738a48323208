using System.Diagnostics;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows.Counts;
using Weir.Runtime.Operators.Windows.Sessions;
using Weir.Runtime.Operators.Windows.Slices;

namespace Weir.Runtime.Operators.Windows.Forms;

/// <summary>Builds the interpreted loop and the operator behind it, by the form in which windows are kept.</summary>
internal static class WindowLoop
{
    /// <summary>The loop of windows that are kept in a form of their own.</summary>
    /// <param name="context">The span that they are.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="functor">How keys are told apart and accumulators begin, merge and end.</param>
    /// <param name="fold">How records are added.</param>
    /// <param name="accumulators">The codec of accumulators.</param>
    public static Kernel<T> Of<T, TKey, TAcc, TOut, TFunctor, TFold>(
        SpanContext context, string id, WindowSpec<T> windows, TFunctor functor, TFold fold, Codec<TAcc> accumulators)
        where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
        where TFold : struct, IPaneFold<T, TKey, TAcc>
    {
        var late = windows.Late is { } output ? context.Collector(output) : null;
        return windows.Form switch
        {
            WindowForm.Sliced => new FoldIntoPanes<T, TKey, TAcc, TOut, TFunctor, TFold>(
                new(context, id, (AlignedWindows)windows.Kind, functor, accumulators), functor, fold, late),
            WindowForm.Session => new FoldIntoSessions<T, TKey, TAcc, TOut, TFunctor, TFold>(
                new(context, id, (SessionWindow)windows.Kind, functor, accumulators), functor, fold, late),
            WindowForm.Counted => new FoldIntoCounts<T, TKey, TAcc, TOut, TFunctor, TFold>(
                new(context, id, (CountWindow)windows.Kind, functor, accumulators), functor, fold),
            var form => throw new UnreachableException($"'{id}': windows of the form {form} have a loop of their own."),
        };
    }
}
