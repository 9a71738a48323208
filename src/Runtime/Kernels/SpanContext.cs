using Weir.Graph;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>What an operator or a generated kernel is built from, in one subtask.</summary>
public sealed class SpanContext
{
    private readonly IReadOnlyList<Stage> _stages;
    private readonly object? _next;
    private readonly List<IStatefulOperator> _owned;

    internal SpanContext(IReadOnlyList<Stage> stages, object? next, SubtaskContext subtask, List<IStatefulOperator> owned)
    {
        _stages = stages;
        _next = next;
        Subtask = subtask;
        _owned = owned;
    }

    /// <summary>Gets who runs it.</summary>
    public SubtaskContext Subtask { get; }

    /// <summary>A stage of the span, from 0.</summary>
    /// <typeparam name="TStage">Its type.</typeparam>
    /// <param name="index">Its position in the span.</param>
    /// <returns>The stage.</returns>
    public TStage Stage<TStage>(int index)
        where TStage : Stage =>
        (TStage)_stages[index];

    /// <summary>What takes in the records of the span.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The receiver.</returns>
    public Receiver<T> Next<T>() => (Receiver<T>)_next!;

    /// <summary>A collector of what the span puts out.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>A new collector in front of <see cref="Next{T}"/>.</returns>
    public Collector<T> Collector<T>() => new(Next<T>(), Subtask.BatchCapacity);

    /// <summary>The hash exchange behind a span that ends in <c>KeyBy</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The exchange.</returns>
    public KeyExchange<T> Exchange<T>() => (KeyExchange<T>)_next!;

    /// <summary>Makes the clock of a <c>WithEventTime</c> of the span and puts it on record.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="stage">The stage.</param>
    /// <param name="next">Who gets the watermarks.</param>
    /// <returns>The clock.</returns>
    public EventTimeClock Clock<T>(EventTimeStage<T> stage, Receiver next) =>
        Own(new EventTimeClock(stage.Id, stage.MaxDisorder, Subtask.Lanes, next));

    /// <summary>Puts an operator on record that may be stopped in the middle of its output: the subtask lets it go on.</summary>
    /// <typeparam name="TOperator">Its type.</typeparam>
    /// <param name="resumable">The operator. What follows it in the subtask has been built before.</param>
    /// <returns>The same operator.</returns>
    public TOperator Resumed<TOperator>(TOperator resumable)
        where TOperator : IResumable
    {
        Subtask.Flow.Add(resumable, string.Join(", ", _stages.Select(stage => stage.Id)));
        return resumable;
    }

    /// <summary>Puts a stateful operator on record: its state becomes part of every checkpoint, and is restored before the first record.</summary>
    /// <typeparam name="TOperator">Its type.</typeparam>
    /// <param name="stateful">The operator.</param>
    /// <returns>The same operator.</returns>
    public TOperator Own<TOperator>(TOperator stateful)
        where TOperator : IStatefulOperator
    {
        _owned.Add(stateful);
        return stateful;
    }
}
