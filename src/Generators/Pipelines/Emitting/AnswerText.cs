using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes what answers LINQ calls on a group from the fields of its accumulator, as <c>System.Linq</c> would.</summary>
internal static class AnswerText
{
    private const string Empty = "throw new global::System.InvalidOperationException(\"Sequence contains no elements\")";
    private const string NoMatch = "throw new global::System.InvalidOperationException(\"Sequence contains no matching element\")";

    /// <summary>A primary expression: the user's text around the call must still mean the answer as a whole.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="accumulator">The type that has them.</param>
    public static string Of(AnswerModel answer, AccumulatorFields fields, string accumulator)
    {
        var text = Of(answer, fields);
        var failures = KeptFor(answer)
            .SelectMany(position => Failures(fields.Kept(position), fields.Of(position), accumulator, fields.Captured))
            .ToArray();
        return failures.Length == 0 ? text : $"({string.Concat(failures)}{text})";
    }

    private static string Of(AnswerModel answer, AccumulatorFields fields) => answer switch
    {
        CountAnswerModel { IsLong: true } count => fields.Of(count.Count).Value,
        CountAnswerModel count => $"checked((int){fields.Of(count.Count).Value})",
        DistinctAnswerModel { IsLong: true } distinct => $"((long){fields.Of(distinct.Distinct).Value}.Count)",
        DistinctAnswerModel distinct => $"{fields.Of(distinct.Distinct).Value}.Count",
        AnyAnswerModel { IsAll: true } any => $"(!{fields.Of(any.Any).Value})",
        AnyAnswerModel any => fields.Of(any.Any).Value,
        SumAnswerModel sum => Sum(sum, fields.Of(sum.Sum).Value),
        AverageAnswerModel average => Average(average, fields.Of(average.Sum).Value, fields.Of(average.Count).Value),
        ExtremeAnswerModel extreme => Guarded(
            fields.Of(extreme.Extreme), fields.Kept(extreme.Extreme) is ExtremeModel { Form: ExtremeForm.Flag }),
        ElementAnswerModel element => Guarded(
            fields.Of(element.Element), element.MustThrow, element.HasCondition ? NoMatch : Empty),
        FoldAnswerModel { Result: { } result } fold =>
            $"(({result.Type})({BodyText.Of(result.Body, CapturedText.InAggregate, fields.Of(fold.Fold).Value)}))",
        FoldAnswerModel fold => fields.Of(fold.Fold).Value,
        _ => throw new InvalidOperationException($"There is no text for a {answer.GetType().Name}."),
    };

    private static string Sum(SumAnswerModel answer, string sum)
    {
        var number = NumberText.Name(answer.Number);
        var isFloating = answer.Number is ScalarKind.Single or ScalarKind.Double;
        var result = isFloating ? $"({number})(0.0 + {sum})" : $"({number}){sum}";
        return answer.IsNullable ? $"(({number}?)({result}))" : $"({result})";
    }

    private static string Average(AverageAnswerModel answer, string sum, string count)
    {
        var (average, type) = answer.Number switch
        {
            ScalarKind.Single => ($"(float)({sum} / {count})", "float"),
            ScalarKind.Int32 or ScalarKind.Int64 => ($"(double){sum} / {count}", "double"),
            ScalarKind.Decimal => ($"{sum} / {count}", "decimal"),
            _ => ($"{sum} / {count}", "double"),
        };
        return answer.IsNullable ? $"({count} == 0 ? ({type}?)null : {average})"
            : answer.MayBeEmpty ? $"({count} == 0 ? {Empty} : {average})"
            : $"({average})";
    }

    private static string Guarded(KeptFields fields, bool mustThrow, string failure = Empty) =>
        mustThrow ? $"({fields.Has} ? {fields.Value} : {failure})" : fields.Value;

    // What went wrong comes when the answer is asked for. A sum that left its range did so before a function failed for a later record.
    private static IEnumerable<string> Failures(KeptModel kept, KeptFields own, string accumulator, string captured)
    {
        if (kept is SumModel { CanOverflow: true } sum)
        {
            yield return sum.Number == ScalarKind.Decimal
                ? $"{own.Overflow} ? throw DecimalSum.Overflow() : "
                : $"{own.Overflow} < 0 ? throw new global::System.OverflowException() : ";
        }

        if (kept.Failed is not null)
        {
            yield return $"{own.HasFailed} ? throw {accumulator}.Fail{own.Name}(ref __pane{captured}) : ";
        }
    }

    private static int[] KeptFor(AnswerModel answer) => answer switch
    {
        CountAnswerModel count => [count.Count],
        DistinctAnswerModel distinct => [distinct.Distinct],
        AnyAnswerModel any => [any.Any],
        SumAnswerModel sum => [sum.Sum],
        AverageAnswerModel average => [average.Sum],
        ExtremeAnswerModel extreme => [extreme.Extreme],
        ElementAnswerModel element => [element.Element],
        FoldAnswerModel fold => [fold.Fold],
        _ => throw new InvalidOperationException($"There is no text for a {answer.GetType().Name}."),
    };
}
