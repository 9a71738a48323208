namespace Weir.Graph;

/// <summary>Keys the stream.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="key">The user's function.</param>
public sealed class KeyByStage<T, TKey>(StageOutput<T> input, Func<T, TKey> key)
    : Stage("KeyBy", [input], [new StageOutput<T>()]), IKeying<T>
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TKey> Key { get; } = key;

    /// <inheritdoc/>
    public override Delegate Function => Key;

    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.ByKey;

    uint IKeying<T>.StableHashOf(T value) => Codecs.Of<TKey>().StableHash(Key(value));

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts) => facts.Add("key", StageFacts.FormOf<TKey>());

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
