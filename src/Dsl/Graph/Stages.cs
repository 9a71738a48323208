using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>Reads a source.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="source">The source.</param>
public sealed class FromStage<T>(ISource<T> source) : Stage("From", [])
{
    /// <summary>Gets the source.</summary>
    public ISource<T> Source { get; } = source;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Assigns event times and makes watermarks.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class EventTimeStage<T> : Stage
{
    private readonly Func<Delegate, T, long> _call;

    internal EventTimeStage(Stage input, Delegate time, Func<Delegate, T, long> call, TimeSpan maxDisorder)
        : base("WithEventTime", [input])
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        Selector = time;
        _call = call;
        MaxDisorder = EventTime.Of(maxDisorder);
    }

    /// <summary>Gets the user's function as it was given: to <see cref="DateTime"/>, <see cref="DateTimeOffset"/> or microseconds.</summary>
    public Delegate Selector { get; }

    /// <summary>Gets the disorder that is waited for, in microseconds.</summary>
    public long MaxDisorder { get; }

    /// <summary>Asks the user's function.</summary>
    /// <param name="value">The record.</param>
    /// <returns>Its event time in microseconds since the Unix epoch.</returns>
    public long TimeOf(T value) => _call(Selector, value);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Keeps accepted records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="predicate">The user's function.</param>
public sealed class WhereStage<T>(Stage input, Func<T, bool> predicate) : Stage("Where", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, bool> Predicate { get; } = predicate;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Maps one to one.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="selector">The user's function.</param>
public sealed class SelectStage<T, TOut>(Stage input, Func<T, TOut> selector) : Stage("Select", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TOut> Selector { get; } = selector;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Maps one to many.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="selector">The user's function.</param>
public sealed class SelectManyStage<T, TOut>(Stage input, Func<T, IEnumerable<TOut>> selector) : Stage("SelectMany", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, IEnumerable<TOut>> Selector { get; } = selector;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Keys the stream.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="key">The user's function.</param>
public sealed class KeyByStage<T, TKey>(Stage input, Func<T, TKey> key) : Stage("KeyBy", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TKey> Key { get; } = key;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Aggregates each key and window by LINQ over its records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <param name="input">The stage that keys the stream.</param>
/// <param name="window">The windows.</param>
/// <param name="result">The user's function.</param>
public sealed class AggregateGroupStage<T, TKey, TOut>(KeyByStage<T, TKey> input, Tumbling window, Func<WindowGroup<TKey, T>, TOut> result)
    : Stage("Aggregate", [input])
{
    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Keyed { get; } = input;

    /// <summary>Gets the windows.</summary>
    public Tumbling Window { get; } = window;

    /// <summary>Gets the user's function.</summary>
    public Func<WindowGroup<TKey, T>, TOut> Result { get; } = result;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Aggregates each key and window by an <see cref="IAggregate{TIn, TAcc, TOut}"/>.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <param name="input">The stage that keys the stream.</param>
/// <param name="window">The windows.</param>
/// <param name="aggregate">The user's aggregate.</param>
/// <param name="result">The user's function.</param>
public sealed class AggregateStage<T, TKey, TAcc, TValue, TOut>(
    KeyByStage<T, TKey> input,
    Tumbling window,
    IAggregate<T, TAcc, TValue> aggregate,
    Func<TKey, TimeWindow, TValue, TOut> result)
    : Stage("Aggregate", [input])
{
    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Keyed { get; } = input;

    /// <summary>Gets the windows.</summary>
    public Tumbling Window { get; } = window;

    /// <summary>Gets the user's aggregate.</summary>
    public IAggregate<T, TAcc, TValue> Aggregate { get; } = aggregate;

    /// <summary>Gets the user's function.</summary>
    public Func<TKey, TimeWindow, TValue, TOut> Result { get; } = result;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Deals records out evenly.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stage before.</param>
public sealed class RebalanceStage<T>(Stage input) : Stage("Rebalance", [input])
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Makes one stream of several.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="inputs">The stages before.</param>
public sealed class UnionStage<T>(ImmutableArray<Stage> inputs) : Stage("Union", inputs)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Writes to a sink.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="sink">The sink.</param>
public sealed class ToStage<T>(Stage input, ISink<T> sink) : Stage("To", [input])
{
    /// <summary>Gets the sink.</summary>
    public ISink<T> Sink { get; } = sink;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
