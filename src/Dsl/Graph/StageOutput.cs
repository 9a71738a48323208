namespace Weir.Graph;

/// <summary>A stream that a stage puts out. A stage has a main output, and may have others beside it.</summary>
public abstract class StageOutput
{
    private Stage? _stage;

    private protected StageOutput(string? name) => Name = name;

    /// <summary>Gets what tells it from the main output of its stage: null for that one, <c>late</c> for late records.</summary>
    public string? Name { get; }

    /// <summary>Gets the stage that puts it out.</summary>
    /// <exception cref="InvalidOperationException">No verb has made that stage yet.</exception>
    public Stage Stage
    {
        get => _stage ?? throw new InvalidOperationException(
            $"No operator puts out the stream '{Name}' yet. Aggregate the windowed stream that LateTo returned before you ask for its "
                + "operator.");
        internal set => _stage = value;
    }

    /// <summary>Gets the tag that the user's code emits to it by; null if it is not emitted to by name.</summary>
    internal object? Tag { get; init; }

    /// <summary>Gets a value indicating whether it has the records that the function of its stage throws on.</summary>
    internal bool IsOfFailures { get; init; }

    /// <summary>Gets a value indicating whether a stage puts it out already.</summary>
    internal bool IsMade => _stage is not null;

    /// <summary>Calls with the type of the records.</summary>
    /// <typeparam name="TResult">What the call answers.</typeparam>
    /// <param name="call">The call.</param>
    /// <returns>Its answer.</returns>
    public abstract TResult Accept<TResult>(ITypedCall<TResult> call);

    /// <inheritdoc/>
    public override string ToString() => Name is null ? Stage.Id : $"{Stage.Id}.{Name}";
}

/// <inheritdoc cref="StageOutput"/>
/// <typeparam name="T">The records.</typeparam>
public sealed class StageOutput<T> : StageOutput
{
    internal StageOutput(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(ITypedCall<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Of<T>();
    }
}
