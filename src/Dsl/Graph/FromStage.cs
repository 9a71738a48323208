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

    INeedsServices? IBoundaryStage.Needing => Source as INeedsServices;

    IRunScoped? IBoundaryStage.Holder => Source as IRunScoped;

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts) => facts.Add("reads", Source.Description);

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
