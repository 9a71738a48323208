namespace Weir.Graph;

/// <summary>Maps one to many.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="selector">The user's function.</param>
/// <param name="verb">What the user wrote.</param>
public sealed class SelectManyStage<T, TOut>(StageOutput<T> input, Func<T, IEnumerable<TOut>> selector, string verb = "SelectMany")
    : Stage(verb, [input], [new StageOutput<TOut>()])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, IEnumerable<TOut>> Selector { get; } = selector;

    /// <summary>Gets the stage that it belongs to, where one verb of the user has made both; null otherwise.</summary>
    internal Stage? Owner { get; init; }

    /// <inheritdoc/>
    internal override Stage? RunsWith => Owner;

    /// <inheritdoc/>
    public override Delegate Function => Selector;

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    internal override bool MayLeaveOut => Owner is null;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
