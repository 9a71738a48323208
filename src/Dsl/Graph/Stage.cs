using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>A verb as data: one node of the pipeline graph. Says what to do, never does it.</summary>
/// <remarks>
/// A stage carries its own facts: a planner asks it, and never for its kind. A stage without an override uses no event times, moves no
/// records, and sits wherever the stage before it runs.
/// </remarks>
public abstract class Stage
{
    private protected Stage(string verb, ImmutableArray<StageOutput> inputs, ImmutableArray<StageOutput> outputs)
    {
        Verb = verb;
        Inputs = inputs;
        Outputs = outputs;
        foreach (var output in outputs)
        {
            if (output.IsMade)
            {
                throw new InvalidOperationException(
                    $"The stream '{output}' goes with an operator already. To aggregate the same windows twice, call Window and LateTo "
                        + "for each Aggregate.");
            }

            output.Stage = this;
        }
    }

    /// <summary>Gets the verb's name, for ids and messages.</summary>
    public string Verb { get; }

    /// <summary>Gets what it takes in; empty for a source.</summary>
    public ImmutableArray<StageOutput> Inputs { get; private set; }

    /// <summary>Gets what it puts out, the main output first; empty for a sink.</summary>
    public ImmutableArray<StageOutput> Outputs { get; private set; }

    /// <summary>Gets a value indicating whether it reads from outside.</summary>
    public bool IsSource => Inputs.IsEmpty;

    /// <summary>Gets a value indicating whether it writes to outside.</summary>
    public bool IsSink => Outputs.IsEmpty;

    /// <summary>Gets a value indicating whether it gives records their event times.</summary>
    public virtual bool AssignsEventTime => false;

    /// <summary>
    /// Gets a value indicating whether the runtime must be told of each record that it gives a time: generated code that is not made for
    /// that does not run it.
    /// </summary>
    public virtual bool NeedsEachRecord => false;

    /// <summary>Gets a value indicating whether it may have the source of its subtask wait, which must be there then.</summary>
    public virtual bool HoldsInputBack => false;

    /// <summary>
    /// Gets a value indicating whether the records that come in must have event times. Its results then have some of their own.
    /// </summary>
    public virtual bool NeedsEventTime => false;

    /// <summary>Gets the form in which it keeps its windows; null if it has none.</summary>
    public virtual WindowForm? WindowForm => null;

    /// <summary>Whether generated code may run it whose accumulators merge like this.</summary>
    internal virtual bool AllowsMerges(MergeOrder merges) => true;

    /// <summary>Gets a value indicating whether all records that it puts out have one key: one subtask behind it gets them all.</summary>
    internal bool HasOneKey { get; init; }

    /// <summary>Gets how it moves records between subtasks.</summary>
    public virtual StageExchange Exchange => StageExchange.None;

    /// <summary>
    /// Gets a value indicating whether it is the sending side of an exchange: it runs where the stream before it runs, and says who gets
    /// what.
    /// </summary>
    public bool IsSendingSide => Exchange is StageExchange.ByKey or StageExchange.ToAll or StageExchange.ByChoice;

    /// <summary>Gets the function that the user handed to the verb; null if the verb takes none.</summary>
    public virtual Delegate? Function => null;

    /// <summary>Gets a value indicating whether it goes on without records that its function throws on.</summary>
    public bool CatchesErrors => Failing != FailedRecords.Fail || Outputs.Any(static output => output.IsOfFailures);

    /// <summary>Gets the position in the graph, in order of construction; inputs come before their users.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>
    /// Gets the stable name of the stage's state: the user's own, or the verb and its ordinal among the same verbs of the pipeline.
    /// </summary>
    public string Id { get; internal set; } = "";

    /// <summary>Gets a value indicating whether the user gave it its id.</summary>
    internal bool HasOwnId { get; set; }

    /// <summary>Gets the number of subtasks that the user asked for; null means the job's.</summary>
    public int? Parallelism { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether its results come from no one input in particular: they are made for all of them, and by timers.
    /// </summary>
    internal virtual bool MergesLanes => NeedsEventTime;

    /// <summary>
    /// Gets a value indicating whether whatever it puts out is made of one record, by functions that answer the same when they are asked
    /// again.
    /// </summary>
    internal virtual bool IsOfSingleRecords => false;

    /// <summary>Gets or sets what becomes of records that its function throws on, if they go to no stream.</summary>
    internal FailedRecords Failing { get; set; }

    /// <summary>Gets a value indicating whether it can go on without a record: it treats each by itself, and keeps nothing.</summary>
    internal virtual bool MayLeaveOut => false;

    /// <summary>Gets the id that failed records carry: that of the user's verb.</summary>
    internal virtual string FailureId => Id;

    /// <summary>
    /// Gets a value indicating whether it tells its inputs apart, each with a watermark of its own, rather than making one stream of them.
    /// </summary>
    internal virtual bool ConnectsInputs => false;

    /// <summary>Gets a value indicating whether its code may emit to side outputs.</summary>
    internal virtual bool HasSides => false;

    /// <summary>Whether it may emit to a side output: what user code emits to is known only when it runs.</summary>
    internal virtual bool MayEmitTo<T>(SideOutput<T> side) => HasSides;

    /// <summary>Gets a value indicating whether it takes the event times that the source in front of it knows.</summary>
    internal virtual bool TakesTimesOfSource => false;

    /// <summary>
    /// Gets a value indicating whether it keeps records where it is interpreted, and folds them into an accumulator where it is compiled.
    /// </summary>
    internal virtual bool FoldsInTwoForms => false;

    /// <summary>Gets the stage in whose subtasks it runs, whatever the job's parallelism; null for none in particular.</summary>
    internal virtual Stage? RunsWith => null;

    /// <summary>The states that its code has by key, for people and for whoever checks the plan.</summary>
    /// <exception cref="MissingStateFieldsException">Nobody has told of them.</exception>
    internal virtual IReadOnlyList<StateDescription> DescribeStates() => [];

    /// <summary>Says what it does that its other members do not say, for <c>Explain</c>.</summary>
    /// <param name="facts">What is told.</param>
    internal virtual void Describe(StageFacts facts)
    {
    }

    /// <summary>Takes another output of the same records in, in the place of its only input.</summary>
    internal void TakeInstead(StageOutput input) => Inputs = [input];

    /// <summary>The output of a tag, made if it is not there.</summary>
    internal StageOutput<T> SideOf<T>(SideOutput<T> side)
    {
        if (!MayEmitTo(side))
        {
            throw new ArgumentException(
                $"Side takes what a Process emits beside its results, but '{Id}' emits to no side output. Write it right behind Process, "
                    + "or behind a source that has the output.",
                nameof(side));
        }

        if (Outputs.FirstOrDefault(output => output.Name == side.Name) is not { } found)
        {
            var made = new StageOutput<T>(side.Name) { Stage = this, Tag = side };
            Outputs = Outputs.Add(made);
            return made;
        }

        return found is StageOutput<T> { Tag: var tag } same && tag == side
            ? same
            : throw new InvalidOperationException(
                $"'{Id}' has another output with the name '{side.Name}' already. Give each SideOutput of it a name of its own: "
                    + "new SideOutput<…>(\"…\").");
    }

    /// <summary>Adds an output for records that its function throws on.</summary>
    internal StageOutput<FailedRecord<T>> AddFailures<T>()
    {
        var made = new StageOutput<FailedRecord<T>>(ErrorPolicy.Side) { Stage = this, IsOfFailures = true };
        Outputs = Outputs.Add(made);
        return made;
    }

    /// <summary>Calls the visitor's method for this kind of stage, with its types.</summary>
    /// <typeparam name="TResult">What the visitor answers.</typeparam>
    /// <param name="visitor">The visitor.</param>
    /// <returns>The visitor's answer.</returns>
    public abstract TResult Accept<TResult>(IStageVisitor<TResult> visitor);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
