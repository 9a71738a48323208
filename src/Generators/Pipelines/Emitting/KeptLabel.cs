using System.Text;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>
/// Says what an accumulator keeps something for, in the words of its schema: the next version of an aggregate finds it again by that,
/// whatever else it keeps, and in whatever order.
/// </summary>
internal static class KeptLabel
{
    /// <summary>The functions in front of the call and of the call itself: <c>($0.Delay)</c>; nothing for a plain count.</summary>
    public static string Of(KeptModel kept)
    {
        var texts = kept.Steps.Select(static step => (step is FilterStepModel filter ? filter.IsNegated ? "unless " : "where " : "")
            + TextOf(step.Function)).ToList();
        switch (kept)
        {
            case ExtremeByModel by:
                texts.Add("by " + TextOf(by.Key));
                break;
            case FoldModel fold:
                texts.Add("fold " + TextOf(fold.Fold));
                break;
        }

        return texts.Count == 0 ? "" : $"({string.Join("; ", texts)})";
    }

    private static string TextOf(FunctionModel function) =>
        function is TextFunctionModel { Body: var body } ? Plain(string.Concat(body.Parts.Select(TextOf))) : "a function";

    private static string TextOf(BodyPartModel part) => part switch
    {
        OwnTextModel own => own.Text,
        ParameterUseModel parameter => FormattableString.Invariant($"${parameter.Position}"),
        NameModel name => name.Name,
        CapturedUseModel { Name: { } variable } => variable,
        NamedCallModel call => $"{call.Container}.{call.Name}",
        QualifierModel or InferredNameModel or ReceiverEndModel or InterpolationEdgeModel => "",
        ConstantModel { Value: var value } => value?.Value ?? "null",
        LiteralModel literal => literal.Value,
        _ => part.ToString(),
    };

    // One line, however the user has broken it.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Replace("global::", "").Trim())
        {
            if (!char.IsWhiteSpace(letter))
            {
                plain.Append(letter);
            }
            else if (plain.Length > 0 && plain[plain.Length - 1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString();
    }
}
