using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What an accumulator keeps of its records for one or several LINQ calls.</summary>
internal abstract record KeptModel
{
    /// <summary>The <c>Where</c> and <c>Select</c> that make its elements of the records.</summary>
    public required EquatableArray<StepModel> Steps { get; init; }

    /// <summary>
    /// The records, if one may make a function throw, or what is done with its answer: the first that does is kept, and fails again when
    /// LINQ would have failed. Null if nothing can fail.
    /// </summary>
    public required NamedTypeModel? Failed { get; init; }

    /// <summary>Gets the bodies of the user's that it holds.</summary>
    public IEnumerable<BodyModel> Bodies => Steps.Select(static step => step.Function).Concat(Functions)
        .OfType<TextFunctionModel>().Select(static function => function.Body).Concat(Seeds);

    /// <summary>Gets its functions beside those of its steps.</summary>
    protected virtual IEnumerable<FunctionModel> Functions => [];

    /// <summary>Gets what it begins with.</summary>
    protected virtual IEnumerable<BodyModel> Seeds => [];

    /// <summary>Whether nothing that comes later is looked at once something was found.</summary>
    public virtual bool Stops => false;

    /// <summary>Whether another keeps the same, wherever its functions stand.</summary>
    public virtual bool IsSameAs(KeptModel other) => HasSameSteps(other) && this with { Steps = other.Steps } == other;

    protected bool HasSameSteps(KeptModel other) =>
        Steps.Count == other.Steps.Count && Steps.Zip(other.Steps, static (one, two) => one.IsSameAs(two)).All(static same => same);
}

/// <summary>The number of elements.</summary>
internal sealed record CountModel : KeptModel;

/// <summary>The number of elements that are not null.</summary>
internal sealed record CountOfValuesModel : KeptModel;

/// <summary>Whether there was an element.</summary>
internal sealed record AnyModel : KeptModel
{
    public override bool Stops => true;
}

/// <summary>The sum of the elements.</summary>
internal sealed record SumModel : KeptModel
{
    /// <summary>The number that it is kept as.</summary>
    public required ScalarKind Number { get; init; }

    /// <summary>Whether elements may be null, which adds nothing.</summary>
    public required bool IsOfNullables { get; init; }

    /// <summary>Whether elements can add up to more than their type holds, which must be told when the sum is asked for.</summary>
    public required bool CanOverflow { get; init; }
}

/// <summary>The least or greatest element.</summary>
internal sealed record ExtremeModel : KeptModel
{
    /// <summary>The elements.</summary>
    public required NamedTypeModel Element { get; init; }

    /// <summary>Whether it is the greatest.</summary>
    public required bool IsMax { get; init; }

    /// <summary>How it is told that there was no element yet.</summary>
    public required ExtremeForm Form { get; init; }
}

/// <summary>How an accumulator tells that it has seen no element of which it could keep the extreme.</summary>
internal enum ExtremeForm
{
    /// <summary>It need not: it begins with the number that any other beats, and windows hold a record.</summary>
    Limit,

    /// <summary>So too, but a NaN is less than any number.</summary>
    FloatingLimit,

    /// <summary>It holds null.</summary>
    Null,

    /// <summary>By a flag.</summary>
    Flag,
}

/// <summary>The element with the least or greatest key.</summary>
internal sealed record ExtremeByModel : KeptModel
{
    /// <summary>The elements.</summary>
    public required NamedTypeModel Element { get; init; }

    /// <summary>Whether it is the one with the greatest.</summary>
    public required bool IsMax { get; init; }

    /// <summary>Makes the key of an element.</summary>
    public required FunctionModel Key { get; init; }

    /// <summary>The keys.</summary>
    public required NamedTypeModel KeyType { get; init; }

    protected override IEnumerable<FunctionModel> Functions => [Key];

    public override bool IsSameAs(KeptModel other) => other is ExtremeByModel by && HasSameSteps(by) && Key.IsSameAs(by.Key)
        && this with { Steps = by.Steps, Key = by.Key } == by;
}

/// <summary>The first or last element.</summary>
internal sealed record EndModel : KeptModel
{
    /// <summary>The elements.</summary>
    public required NamedTypeModel Element { get; init; }

    /// <summary>Whether it is the last.</summary>
    public required bool IsLast { get; init; }

    public override bool Stops => !IsLast;
}

/// <summary>A fold of the user's own.</summary>
internal sealed record FoldModel : KeptModel
{
    /// <summary>The elements; null if generated code cannot name their type.</summary>
    public required string? Element { get; init; }

    /// <summary>What is folded into.</summary>
    public required NamedTypeModel Type { get; init; }

    /// <summary>What it begins with.</summary>
    public required BodyModel Seed { get; init; }

    /// <summary>Takes what it is so far, and an element.</summary>
    public required FunctionModel Fold { get; init; }

    protected override IEnumerable<FunctionModel> Functions => [Fold];

    protected override IEnumerable<BodyModel> Seeds => [Seed];

    public override bool IsSameAs(KeptModel other) => other is FoldModel fold && HasSameSteps(fold) && Fold.IsSameAs(fold.Fold)
        && this with { Steps = fold.Steps, Fold = fold.Fold } == fold;
}

/// <summary>The set of all elements.</summary>
internal sealed record DistinctModel : KeptModel
{
    /// <summary>The elements.</summary>
    public required NamedTypeModel Element { get; init; }
}

/// <summary>A <c>Where</c> or <c>Select</c> in front of a LINQ call.</summary>
internal abstract record StepModel
{
    /// <summary>Its function.</summary>
    public required FunctionModel Function { get; init; }

    /// <summary>What it takes; null if generated code cannot name the type.</summary>
    public required string? In { get; init; }

    /// <summary>Whether another says the same, wherever it stands.</summary>
    public bool IsSameAs(StepModel other) => Function.IsSameAs(other.Function) && this with { Function = other.Function } == other;
}

/// <summary>A <c>Where</c>.</summary>
internal sealed record FilterStepModel : StepModel
{
    /// <summary>Whether it keeps what the function does not accept, as <c>All</c> needs.</summary>
    public required bool IsNegated { get; init; }
}

/// <summary>A <c>Select</c>.</summary>
internal sealed record MapStepModel : StepModel
{
    /// <summary>What it makes; null if generated code cannot name the type.</summary>
    public required string? Out { get; init; }
}
