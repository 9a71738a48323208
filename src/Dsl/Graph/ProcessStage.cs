using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>Treats the records of each key one by one, with state and timers.</summary>
/// <remarks>Verbs that keep state by key are processes of the house: they have a stage of this kind, with a name of their own.</remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public sealed class ProcessStage<T, TKey, TOut> : Stage, IKeying<T>
{
    private readonly Func<KeyedProcess<TKey, T, TOut>> _make;
    private readonly Delegate? _function;

    internal ProcessStage(
        string verb,
        ImmutableArray<StageOutput> inputs,
        Func<T, TKey> key,
        Func<KeyedProcess<TKey, T, TOut>> make,
        Delegate? function,
        bool needsEventTime = false)
        : base(verb, inputs, [new StageOutput<TOut>()])
    {
        Key = key;
        _make = make;
        _function = function;
        NeedsEventTime = needsEventTime;
    }

    /// <summary>Gets what keys the records.</summary>
    public Func<T, TKey> Key { get; }

    /// <inheritdoc/>
    public override Delegate? Function => _function;

    /// <inheritdoc/>
    public override bool NeedsEventTime { get; }

    /// <inheritdoc/>
    public override StageExchange Exchange => Inputs.Length > 1 ? StageExchange.Merge : StageExchange.None;

    /// <inheritdoc/>
    internal override bool ConnectsInputs => Inputs.Length > 1;

    /// <inheritdoc/>
    internal override bool MergesLanes => true;

    /// <inheritdoc/>
    internal override bool HasSides => Verb == "Process";

    uint IKeying<T>.StableHashOf(T value) => Codecs.Of<TKey>().StableHash(Key(value));

    /// <summary>Makes the process of one subtask.</summary>
    /// <returns>A new one, its states not wired yet.</returns>
    /// <exception cref="InvalidOperationException">The user's function returned null.</exception>
    public KeyedProcess<TKey, T, TOut> Make() => StatefulProcess.MadeBy(_make, this);

    /// <inheritdoc/>
    internal override IReadOnlyList<StateDescription> DescribeStates() => StateList.Of(Make());

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts) => facts.Add("key", StageFacts.FormOf<TKey>());

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
