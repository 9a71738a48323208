using System.Diagnostics.CodeAnalysis;

namespace Weir.Graph;

/// <summary>A verb that treats each record by itself and makes at most one of it; the event time stays.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
public abstract class RecordStage<T, TOut> : Stage
{
    private protected RecordStage(string verb, StageOutput<T> input)
        : base(verb, [input], [new StageOutput<TOut>()])
    {
    }

    /// <summary>Asks the user's function.</summary>
    /// <param name="value">The record.</param>
    /// <param name="made">What becomes of it.</param>
    /// <returns>Whether anything does.</returns>
    public abstract bool TryApply(T value, [MaybeNullWhen(false)] out TOut made);

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    internal override bool MayLeaveOut => true;

    /// <inheritdoc/>
    public sealed override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
