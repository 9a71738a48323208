using Weir.Runtime.Kernels;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The trigger of windows: that which was asked for, or that of their kind.</summary>
internal static class WindowTriggers
{
    public static Trigger<T> Of<T>(WindowSpec<T> spec)
    {
        var trigger = spec.Trigger ?? spec.Kind switch
        {
            CountWindow { IsTumbling: true } count => Trigger.Count(count.Size).Purging().For<T>(),
            CountWindow count => Trigger.Count(count.Slide).For<T>(),
            GlobalWindow { FiresAtEnd: false } => Trigger.Never.For<T>(),
            { Time: WindowTime.Processing } and not GlobalWindow => Trigger.ProcessingTime.For<T>(),
            _ => Trigger.EventTime.For<T>(),
        };
        return spec.Results == WindowResults.Discarding ? trigger.Purging() : trigger;
    }

    /// <summary>What takes records out of windows: what was asked for, or what their kind does.</summary>
    public static Evictor<T>? EvictorOf<T>(WindowSpec<T> spec) =>
        spec.Evictor ?? (spec.Kind is CountWindow { IsTumbling: false } count ? Evictor.Count(count.Size).For<T>() : null);

    /// <summary>Gives a trigger its states.</summary>
    public static WindowTrigger<T, TKey> WithState<T, TKey, TKeys>(
        Trigger<T> trigger, WindowTimers<TKey, TKeys> timers, Codec<TKey> keys, TKeys functor, JobContext job)
        where TKeys : struct, IKeyFunctor<TKey> =>
        trigger.Accept(new Stateful<T, TKey, TKeys>(timers, keys, functor, job));

    private sealed class Stateful<T, TKey, TKeys>(WindowTimers<TKey, TKeys> timers, Codec<TKey> keys, TKeys functor, JobContext job)
        : ITriggerVisitor<T, WindowTrigger<T, TKey>>
        where TKeys : struct, IKeyFunctor<TKey>
    {
        public WindowTrigger<T, TKey> Visit<TState>(Trigger<T, TState> trigger) =>
            new WindowTrigger<T, TKey, TState, TKeys>(trigger, timers, keys, functor, job);
    }
}
