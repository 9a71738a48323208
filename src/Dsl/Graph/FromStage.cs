namespace Weir.Graph;

/// <summary>Reads a source.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="source">The source.</param>
public sealed class FromStage<T>(ISource<T> source) : Stage("From", [], [new StageOutput<T>()]), IBoundaryStage
{
    /// <summary>Gets the source.</summary>
    public ISource<T> Source { get; } = source;

    string? IBoundaryStage.WhyNotExactlyOnce =>
        Source is IUnreplayableSource ? $"its source ({Source.Description}) cannot read records again" : null;

    string? IBoundaryStage.Endless => Source is IEndlessSource { IsEndless: true } ? Source.Description : null;

    object? IBoundaryStage.Input => Source;

    INeedsServices? IBoundaryStage.Needing => Source as INeedsServices;

    IRunScoped? IBoundaryStage.Holder => Source as IRunScoped;

    /// <summary>Gets a value indicating whether records are to have the event times that the source knows.</summary>
    public bool WantsTimes { get; internal set; }

    /// <inheritdoc/>
    internal override bool HasSides => Source is ISideSource;

    /// <inheritdoc/>
    internal override bool MayEmitTo<TSide>(SideOutput<TSide> side) => Source is ISideSource emitting && emitting.EmitsTo(side);

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts) => facts.Add("reads", Source.Description);

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
