namespace Weir.Graph;

/// <summary>Gives each record to the subtask of what follows that the user's function says.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="partitioner">The user's function.</param>
public sealed class PartitionStage<T>(StageOutput<T> input, Func<T, int, int> partitioner)
    : Stage("Partition", [input], [new StageOutput<T>()])
{
    /// <summary>Gets the user's function: of a record and the number of subtasks, the subtask from 0.</summary>
    public Func<T, int, int> Partitioner { get; } = partitioner;

    /// <inheritdoc/>
    public override Delegate Function => Partitioner;

    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.ByChoice;

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
