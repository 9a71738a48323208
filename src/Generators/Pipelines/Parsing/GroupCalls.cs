using Microsoft.CodeAnalysis;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// What each LINQ call keeps of the records, and what answers it from that: exactly as <c>System.Linq</c> would from the records. Null
/// where nothing does.
/// </summary>
internal static class GroupCalls
{
    /// <summary>The number of elements.</summary>
    public static AnswerModel Count(GroupKeeping keeping, GroupChain chain, bool isLong) =>
        new CountAnswerModel { Count = keeping.Keep(new CountModel { Steps = chain.Counted, Failed = chain.Failed }), IsLong = isLong };

    /// <summary>Whether there is an element, or none.</summary>
    public static AnswerModel Any(GroupKeeping keeping, GroupChain chain, bool isAll) =>
        new AnyAnswerModel { Any = keeping.Keep(new AnyModel { Steps = chain.Counted, Failed = chain.Failed }), IsAll = isAll };

    /// <summary>The sum of numbers that LINQ has one for.</summary>
    public static AnswerModel? Sum(GroupKeeping keeping, GroupChain chain)
    {
        var (number, isNullable) = NumberOf(chain.Element);
        return SumOf(number) is not { } sum ? null : new SumAnswerModel
        {
            // LINQ adds int to int and float to double.
            Sum = KeepSum(keeping, chain, number == ScalarKind.Int32 ? ScalarKind.Int32 : sum, isNullable),
            Number = number,
            IsNullable = isNullable,
        };
    }

    /// <summary>The average of numbers that LINQ has one for.</summary>
    public static AnswerModel? Average(GroupKeeping keeping, GroupChain chain)
    {
        var (number, isNullable) = NumberOf(chain.Element);
        return SumOf(number) is not { } sum ? null : new AverageAnswerModel
        {
            Sum = KeepSum(keeping, chain, sum, isNullable),
            Count = keeping.Keep(isNullable
                ? new CountOfValuesModel { Steps = chain.Steps, Failed = chain.Failed }
                : new CountModel { Steps = chain.Counted, Failed = chain.Failed }),
            Number = number,
            IsNullable = isNullable,
            MayBeEmpty = chain.MayBeEmpty,
        };
    }

    /// <summary>The least or greatest element.</summary>
    public static AnswerModel? Extreme(GroupKeeping keeping, GroupChain chain, bool isMax) =>
        keeping.TypeOf(chain.Element) is not { } element ? null : new ExtremeAnswerModel
        {
            Extreme = keeping.Keep(new ExtremeModel
            {
                Steps = chain.Steps,
                Failed = PlainTypes.Contain(chain.Element) ? chain.Failed : chain.Record,
                Element = element,
                IsMax = isMax,
                Form = FormOf(chain.Element, chain.MayBeEmpty),
            }),
        };

    /// <summary>The element with the least or greatest key.</summary>
    public static AnswerModel? ExtremeBy(GroupKeeping keeping, GroupChain chain, GroupFunction key, ITypeSymbol keyType, bool isMax)
    {
        if (keeping.TypeOf(chain.Element) is not { } element || keeping.TypeOf(keyType) is not { } keys)
        {
            return null;
        }

        var kept = new ExtremeByModel
        {
            Steps = chain.Steps,
            Failed = key.CanFail || !PlainTypes.Contain(keyType) ? chain.Record : chain.Failed,
            Element = element,
            IsMax = isMax,
            Key = key.Model,
            KeyType = keys,
        };
        return new ElementAnswerModel
        {
            Element = keeping.Keep(kept),
            MustThrow = chain.MayBeEmpty && !element.CanBeNull,
            HasCondition = false,
        };
    }

    /// <summary>The first or last element. Of the last, LINQ makes the value alone: what fails for others does not count.</summary>
    public static AnswerModel? End(GroupKeeping keeping, GroupChain chain, bool isLast, bool orDefault, bool hasCondition) =>
        isLast && chain.EndsInFailure
            ? keeping.Refuse("the function in front of 'Last' may fail, and LINQ calls it for the last record alone")
        : keeping.TypeOf(chain.Element) is not { } element ? null : new ElementAnswerModel
        {
            Element = keeping.Keep(new EndModel { Steps = chain.Steps, Failed = chain.Failed, Element = element, IsLast = isLast }),
            MustThrow = chain.MayBeEmpty && !orDefault,
            HasCondition = hasCondition,
        };

    private static int KeepSum(GroupKeeping keeping, GroupChain chain, ScalarKind number, bool isNullable) =>
        keeping.Keep(new SumModel
        {
            Steps = chain.Steps,
            Failed = chain.Failed,
            Number = number,
            IsOfNullables = isNullable,
            CanOverflow = number is ScalarKind.Int32 or ScalarKind.Decimal
                || (number == ScalarKind.Int64 && NumberOf(chain.Element).Number == ScalarKind.Int64),
        });

    private static (ScalarKind Number, bool IsNullable) NumberOf(ITypeSymbol type)
    {
        var reference = TypeNames.Reference(type);
        return (reference.IsEnum ? ScalarKind.None : reference.Scalar, reference.IsNullable);
    }

    private static ScalarKind? SumOf(ScalarKind number) => number switch
    {
        ScalarKind.Int32 or ScalarKind.Int64 => ScalarKind.Int64,
        ScalarKind.Single or ScalarKind.Double => ScalarKind.Double,
        ScalarKind.Decimal => ScalarKind.Decimal,
        _ => null,
    };

    private static ExtremeForm FormOf(ITypeSymbol type, bool mayBeEmpty) => type.SpecialType switch
    {
        SpecialType.System_Double or SpecialType.System_Single when !mayBeEmpty => ExtremeForm.FloatingLimit,
        >= SpecialType.System_Char and <= SpecialType.System_Decimal when !mayBeEmpty => ExtremeForm.Limit,
        _ => NamedTypeParser.CanBeNull(type) ? ExtremeForm.Null : ExtremeForm.Flag,
    };
}
