namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Says when windows fire, instead of at their ends: early, by number, or as a trigger of your own decides.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="trigger">Decides. It replaces the trigger of the windows: what should fire at their ends, too, has to say so.</param>
    /// <returns>The windowed stream.</returns>
    /// <exception cref="ArgumentException">The windows merge, and the trigger cannot.</exception>
    /// <exception cref="InvalidOperationException">The windows have a trigger already.</exception>
    public static WindowedStream<T, TKey> Trigger<T, TKey>(this WindowedStream<T, TKey> source, Trigger trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return source.Trigger(trigger.For<T>());
    }

    /// <inheritdoc cref="Trigger{T, TKey}(WindowedStream{T, TKey}, Weir.Trigger)"/>
    public static WindowedStream<T, TKey> Trigger<T, TKey>(this WindowedStream<T, TKey> source, Trigger<T> trigger)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(trigger);
        source.CheckIsFree(source.Windows.Trigger, nameof(Trigger));
        if (source.Windows.Kind.AreMerging && !trigger.CanMerge)
        {
            var windows = Graph.StageFacts.Worded($"{source.Windows.Kind}");
            throw new ArgumentException(
                $"Windows that merge ({windows}) need a trigger that can: {trigger.GetType().Name} cannot. Use another, or "
                    + "override CanMerge and Merge if it is your own.", nameof(trigger));
        }

        return new WindowedStream<T, TKey>(source.Keyed, source.Windows with { Trigger = trigger });
    }
}
