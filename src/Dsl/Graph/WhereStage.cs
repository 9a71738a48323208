using System.Diagnostics.CodeAnalysis;

namespace Weir.Graph;

/// <summary>Keeps accepted records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="predicate">The user's function.</param>
public sealed class WhereStage<T>(StageOutput<T> input, Func<T, bool> predicate) : RecordStage<T, T>("Where", input)
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, bool> Predicate { get; } = predicate;

    /// <inheritdoc/>
    public override Delegate Function => Predicate;

    /// <inheritdoc/>
    public override bool TryApply(T value, [MaybeNullWhen(false)] out T made)
    {
        made = value;
        return Predicate(value);
    }
}
