namespace Weir.Graph;

/// <summary>Gives each record to every subtask of what follows.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
public sealed class BroadcastStage<T>(StageOutput<T> input) : Stage("Broadcast", [input], [new StageOutput<T>()])
{
    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.ToAll;

    /// <summary>Has all records go through one subtask before they go to all: so that all see them in one order.</summary>
    internal void PutInOrder(PipelineGraph graph)
    {
        if (Inputs[0].Stage is not RebalanceStage<T> { Parallelism: 1 })
        {
            graph.InsertBefore(this, new RebalanceStage<T>((StageOutput<T>)Inputs[0]) { Parallelism = 1 });
        }
    }

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
