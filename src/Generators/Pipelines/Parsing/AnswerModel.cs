using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>How a LINQ call on a group is answered from what the accumulator keeps; says by position what of that it needs.</summary>
internal abstract record AnswerModel : BodyPartModel;

/// <summary>The answer of <c>Count</c> and <c>LongCount</c>.</summary>
internal sealed record CountAnswerModel : AnswerModel
{
    /// <summary>The <see cref="CountModel"/>.</summary>
    public required int Count { get; init; }

    /// <summary>Whether it is <c>LongCount</c>.</summary>
    public required bool IsLong { get; init; }
}

/// <summary>The answer of <c>Distinct().Count()</c> and <c>Distinct().LongCount()</c>.</summary>
internal sealed record DistinctAnswerModel : AnswerModel
{
    /// <summary>The <see cref="DistinctModel"/>.</summary>
    public required int Distinct { get; init; }

    /// <summary>Whether it is <c>LongCount</c>.</summary>
    public required bool IsLong { get; init; }
}

/// <summary>The answer of <c>Any</c> and <c>All</c>.</summary>
internal sealed record AnyAnswerModel : AnswerModel
{
    /// <summary>The <see cref="AnyModel"/>.</summary>
    public required int Any { get; init; }

    /// <summary>Whether it is <c>All</c>: nothing was kept of what its function does not accept.</summary>
    public required bool IsAll { get; init; }
}

/// <summary>The answer of <c>Sum</c>.</summary>
internal sealed record SumAnswerModel : AnswerModel
{
    /// <summary>The <see cref="SumModel"/>.</summary>
    public required int Sum { get; init; }

    /// <summary>The number that it answers.</summary>
    public required ScalarKind Number { get; init; }

    /// <summary>Whether it answers a nullable number.</summary>
    public required bool IsNullable { get; init; }
}

/// <summary>The answer of <c>Average</c>.</summary>
internal sealed record AverageAnswerModel : AnswerModel
{
    /// <summary>The <see cref="SumModel"/>.</summary>
    public required int Sum { get; init; }

    /// <summary>The <see cref="CountModel"/>, or the <see cref="CountOfValuesModel"/> of nullable numbers.</summary>
    public required int Count { get; init; }

    /// <summary>The numbers that went in.</summary>
    public required ScalarKind Number { get; init; }

    /// <summary>Whether they may be null; of none that is not, the average is null.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Whether there may have been none although the window holds records.</summary>
    public required bool MayBeEmpty { get; init; }
}

/// <summary>The answer of <c>Min</c> and <c>Max</c>.</summary>
internal sealed record ExtremeAnswerModel : AnswerModel
{
    /// <summary>The <see cref="ExtremeModel"/>.</summary>
    public required int Extreme { get; init; }
}

/// <summary>The answer of <c>MinBy</c>, <c>MaxBy</c>, <c>First</c>, <c>Last</c> and their <c>OrDefault</c>.</summary>
internal sealed record ElementAnswerModel : AnswerModel
{
    /// <summary>The <see cref="ExtremeByModel"/> or <see cref="EndModel"/>.</summary>
    public required int Element { get; init; }

    /// <summary>Whether there may be none, which must throw.</summary>
    public required bool MustThrow { get; init; }

    /// <summary>Whether the call itself says which element it wants; LINQ then tells of no match.</summary>
    public required bool HasCondition { get; init; }
}

/// <summary>The answer of <c>Aggregate</c>.</summary>
internal sealed record FoldAnswerModel : AnswerModel
{
    /// <summary>The <see cref="FoldModel"/>.</summary>
    public required int Fold { get; init; }

    /// <summary>What is made of the fold at the end; null for the fold itself.</summary>
    public required FoldResultModel? Result { get; init; }
}

/// <summary>What is made of a fold at its end.</summary>
internal sealed record FoldResultModel
{
    /// <summary>The expression, of the fold as its parameter.</summary>
    public required BodyModel Body { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }
}
