using System.Diagnostics.CodeAnalysis;

namespace Weir.Graph;

/// <summary>Maps one to one.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="selector">The user's function.</param>
public sealed class SelectStage<T, TOut>(StageOutput<T> input, Func<T, TOut> selector) : RecordStage<T, TOut>("Select", input)
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TOut> Selector { get; } = selector;

    /// <inheritdoc/>
    public override Delegate Function => Selector;

    /// <inheritdoc/>
    public override bool TryApply(T value, [MaybeNullWhen(false)] out TOut made)
    {
        made = Selector(value);
        return true;
    }
}
