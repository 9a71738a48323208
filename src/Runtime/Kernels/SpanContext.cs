using Weir.Graph;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>What an operator or a generated kernel is built from, in one subtask.</summary>
public sealed class SpanContext
{
    private readonly IReadOnlyList<Stage> _stages;
    private readonly IReadOnlyDictionary<StageOutput, object> _receivers;
    private readonly List<IStatefulOperator> _owned;

    internal SpanContext(
        IReadOnlyList<Stage> stages,
        IReadOnlyDictionary<StageOutput, object> receivers,
        SubtaskContext subtask,
        List<IStatefulOperator> owned)
    {
        _stages = stages;
        _receivers = receivers;
        Subtask = subtask;
        _owned = owned;
    }

    /// <summary>Gets the stages of the span.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Gets what tells it whether there is room for more records.</summary>
    public Flow Flow => Subtask.Flow;

    /// <summary>Gets what the tables of the subtask spread keys by.</summary>
    public KeySeed Seed => Subtask.Job.Seed;

    /// <summary>Gets a value indicating whether the records that it puts out carry event times.</summary>
    internal bool MakesTimed { get; init; }

    /// <summary>Gets who runs it.</summary>
    internal SubtaskContext Subtask { get; }

    /// <summary>A stage of the span, from 0.</summary>
    /// <typeparam name="TStage">Its type.</typeparam>
    /// <param name="index">Its position in the span.</param>
    /// <returns>The stage.</returns>
    public TStage Stage<TStage>(int index)
        where TStage : Stage =>
        (TStage)_stages[index];

    /// <summary>What takes in the records of the span.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The receiver. Watermarks and idleness that it is given reach the other outputs, too.</returns>
    public Receiver<T> Next<T>()
    {
        var outputs = _stages[^1].Outputs;
        var main = (Receiver<T>)_receivers[outputs[0]];
        return outputs.Length == 1 ? main : new ProgressFanout<T>(main, [.. outputs.Skip(1).Select(side => (Receiver)_receivers[side])]);
    }

    /// <summary>A collector of what the span puts out.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>A new collector in front of <see cref="Next{T}"/>.</returns>
    public Collector<T> Collector<T>() => new(Next<T>(), Subtask.Job.BatchCapacity, Subtask.Job.BatchCapacityBytes);

    /// <summary>
    /// A collector of what the span puts out beside its main output. Watermarks are not its matter: they come by the main one.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="side">An output of the span's last stage.</param>
    /// <returns>A new collector. Flush it before a batch is done with: what waits in it is in no snapshot.</returns>
    public Collector<T> Collector<T>(StageOutput<T> side) =>
        new((Receiver<T>)_receivers[side], Subtask.Job.BatchCapacity, Subtask.Job.BatchCapacityBytes);

    /// <summary>What takes the records that the function of the span's last stage throws on, as <c>OnError</c> says.</summary>
    /// <typeparam name="T">The records that the function takes.</typeparam>
    /// <returns>A new catcher. Flush it before a batch is done with.</returns>
    public Catcher<T> Catcher<T>()
    {
        var stage = _stages[^1];
        var side = (StageOutput<FailedRecord<T>>?)stage.Outputs.FirstOrDefault(static output => output.IsOfFailures);
        return new(stage, Subtask.Counters, side is null ? null : Collector(side), MakesTimed && !stage.AssignsEventTime);
    }

    /// <summary>The hash exchange behind a span that ends in <c>KeyBy</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The exchange.</returns>
    public KeyExchange<T> Exchange<T>() => (KeyExchange<T>)_receivers[_stages[^1].Outputs[0]];

    /// <summary>Makes the clock of a <c>WithEventTime</c> of the span and puts it on record.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="stage">The stage.</param>
    /// <param name="next">Who gets the watermarks.</param>
    /// <returns>The clock.</returns>
    public EventTimeClock Clock<T>(EventTimeStage<T> stage, Receiver next) =>
        Own(new EventTimeClock(
            new ClockParts(stage.Id, Subtask.Lanes, Subtask.Clock, Subtask.Reading)
            {
                Counters = Subtask.Counters.Of(stage.Id),
                Disorder = new Disorder(stage.MaxDisorder),
                Generators = stage.Generator?.Accept(new Generating<T>()),
                Interval = stage.Interval,
                IdleAfter = stage.IdleAfter,
                Aligned = stage.AlignedWith is { } group
                    ? Subtask.Job.Alignments.Join(group, stage.MaxDrift, () => Subtask.Lanes.Wake?.Invoke())
                    : null,
                Trail = Subtask.Job.Trails.Begin(),
            },
            next));

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

    /// <summary>Makes what counts and warns of the late records of an operator of the span.</summary>
    /// <param name="id">The operator's id.</param>
    /// <returns>The counter, which waits for the clock from now on.</returns>
    internal LateRecords LateRecords(string id)
    {
        var late = new LateRecords(id, Subtask.Job.Trails, Subtask.Clock, Subtask.Job.LateWarnings, Subtask.Warn, Subtask.Counters);
        Subtask.Listeners.Add(late);
        return late;
    }

    /// <summary>
    /// Puts a stateful operator on record: its state becomes part of every checkpoint, and is restored before the first record.
    /// </summary>
    /// <typeparam name="TOperator">Its type.</typeparam>
    /// <param name="stateful">The operator.</param>
    /// <returns>The same operator.</returns>
    public TOperator Own<TOperator>(TOperator stateful)
        where TOperator : IStatefulOperator
    {
        _owned.Add(stateful);
        return stateful;
    }

    private sealed class Generating<T> : IWatermarkGeneratorVisitor<T, ILaneGenerators>
    {
        public ILaneGenerators Visit<TState>(WatermarkGenerator<T, TState> generator) => new LaneGenerators<T, TState>(generator);
    }
}
