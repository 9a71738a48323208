namespace Weir.Graph;

/// <summary>Writes to a sink.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="sink">The sink.</param>
public sealed class ToStage<T>(StageOutput<T> input, ISink<T> sink) : Stage("To", [input], []), IBoundaryStage
{
    /// <summary>Gets the sink.</summary>
    public ISink<T> Sink { get; } = sink;

    string? IBoundaryStage.WhyNotExactlyOnce => Sink is ITransactionalSink<T> or IIdempotentSink<T>
        ? null
        : $"its sink ({Sink.Description}) says neither that it is transactional (ITransactionalSink) nor idempotent (IIdempotentSink)";

    IDecidingSink? IBoundaryStage.Decider => Sink as IDecidingSink;

    INeedsServices? IBoundaryStage.Needing => Sink as INeedsServices;

    IRunScoped? IBoundaryStage.Holder => Sink as IRunScoped;

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts) => facts.Add("writes", Sink.Description);

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
