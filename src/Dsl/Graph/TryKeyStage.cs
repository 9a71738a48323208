using System.Diagnostics.CodeAnalysis;

namespace Weir.Graph;

/// <summary>
/// Asks for the key of each record in front of a <c>KeyBy</c>, so that one without a key can be left out before it is sent.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
internal sealed class TryKeyStage<T, TKey> : RecordStage<T, T>
{
    private readonly KeyByStage<T, TKey> _keyBy;

    private TryKeyStage(StageOutput<T> input, KeyByStage<T, TKey> keyBy)
        : base("OnError", input) => _keyBy = keyBy;

    /// <inheritdoc/>
    public override Delegate Function => _keyBy.Key;

    /// <inheritdoc/>
    internal override string FailureId => _keyBy.Id;

    /// <inheritdoc/>
    internal override Stage? RunsWith => Inputs[0].Stage.RunsWith ?? Inputs[0].Stage;

    /// <summary>The stage in front of a <c>KeyBy</c>: the same each time.</summary>
    public static TryKeyStage<T, TKey> InFrontOf(KeyedStream<T, TKey> keyed)
    {
        if (keyed.Stage.Inputs[0].Stage is TryKeyStage<T, TKey> there && there._keyBy == keyed.Stage)
        {
            return there;
        }

        var added = new TryKeyStage<T, TKey>((StageOutput<T>)keyed.Stage.Inputs[0], keyed.Stage);
        keyed.Job.Graph.InsertBefore(keyed.Stage, added);
        return added;
    }

    /// <inheritdoc/>
    public override bool TryApply(T value, [MaybeNullWhen(false)] out T made)
    {
        made = value;
        return _keyBy.Key(value) is not null ? true : throw new InvalidOperationException("The key is null.");
    }
}
