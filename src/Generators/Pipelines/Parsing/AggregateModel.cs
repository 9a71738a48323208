using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>How the windows of one <c>Aggregate</c> are computed without keeping their records.</summary>
/// <param name="Kind">Who wrote the accumulator.</param>
/// <param name="Record">The records that come in.</param>
/// <param name="Accumulator">The type of a hand-written accumulator; empty when it is generated.</param>
/// <param name="Value">What a hand-written aggregate finishes with.</param>
/// <param name="Aggregate">The type that the hand-written aggregate is called as: sealed where that is known, so that calls need no
/// dispatch.</param>
/// <param name="Fields">The fields of a generated accumulator.</param>
/// <param name="Updates">What each record does to them.</param>
/// <param name="Merges">What adds the fields of <c>__other</c> to those of <c>__pane</c>; null if some field cannot be merged.</param>
/// <param name="Result">Makes the result, from <c>__key</c>, <c>__window</c> and <c>__pane</c>; of a hand-written one, from its three
/// parameters.</param>
internal sealed record AggregateModel(
    AggregateKind Kind,
    string Record,
    string Accumulator,
    string Value,
    string Aggregate,
    EquatableArray<AccumulatorFieldModel> Fields,
    EquatableArray<UpdateModel> Updates,
    EquatableArray<string>? Merges,
    FunctionModel Result)
{
    /// <summary>Gets a value indicating whether two accumulators can become one.</summary>
    public bool CanMerge => Kind != AggregateKind.Group || Merges is not null;
}

/// <summary>Who wrote the accumulator.</summary>
internal enum AggregateKind
{
    /// <summary>The generator, from LINQ over the group.</summary>
    Group,

    /// <summary>The user, without a function for the result.</summary>
    Custom,

    /// <summary>The user, with a function for the result.</summary>
    CustomWithResult,
}

/// <summary>A field of a generated accumulator.</summary>
/// <param name="Name">Its name, also in the checkpoint.</param>
/// <param name="Type">Its type; of a set, the type of the items.</param>
/// <param name="Initial">What it begins as; empty for the default.</param>
/// <param name="IsSet">Whether it is a set of items.</param>
internal sealed record AccumulatorFieldModel(string Name, string Type, string Initial, bool IsSet)
{
    /// <summary>Gets a value indicating whether it is a <c>Nullable</c>, which the accumulator's codec takes apart by itself.</summary>
    public bool IsNullable => !IsSet && Type.EndsWith("?", StringComparison.Ordinal);

    /// <summary>Gets the type that a codec is needed of.</summary>
    public string Stored => IsNullable ? Type.TrimEnd('?') : Type;
}

/// <summary>What one LINQ call does with each record.</summary>
/// <param name="Steps">The <c>Where</c> and <c>Select</c> before it.</param>
/// <param name="Extra">A further function: the key of <c>MinBy</c>, the fold of <c>Aggregate</c>.</param>
/// <param name="ExtraType">What it answers.</param>
/// <param name="Folds">The field that <paramref name="Extra"/> takes before the element, or empty.</param>
/// <param name="Element">The type of the element behind the steps.</param>
/// <param name="Statement">Changes <c>__pane</c>; the first placeholder is the element, the second what <paramref name="Extra"/>
/// answered.</param>
internal sealed record UpdateModel(
    EquatableArray<UpdateStepModel> Steps,
    FunctionModel? Extra,
    string ExtraType,
    string Folds,
    string Element,
    string Statement);

/// <summary>A <c>Where</c> or <c>Select</c> in front of a LINQ call.</summary>
/// <param name="IsFilter">Which of them.</param>
/// <param name="Function">Its function.</param>
/// <param name="In">What it takes.</param>
/// <param name="Out">What it answers.</param>
internal sealed record UpdateStepModel(bool IsFilter, FunctionModel Function, string In, string Out);
