using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the user's bodies: his text, and between it what generated code calls by another name.</summary>
internal static class BodyText
{
    /// <summary>The body of a function.</summary>
    /// <param name="body">The body.</param>
    /// <param name="arguments">What stands for its parameters.</param>
    public static string Of(BodyModel body, params string[] arguments) => Of(
        body, part => part is ParameterUseModel parameter ? arguments[parameter.Position] : throw Unexpected(part));

    /// <summary>The result of a group, computed in a method that has <c>__key</c>, <c>__window</c> and <c>__pane</c>.</summary>
    public static string Of(BodyModel body, AccumulatorFields fields) => Of(body, part => part switch
    {
        GroupPartModel group => group.IsKey ? "__key" : "__window",
        AnswerModel answer => AnswerText.Of(answer, fields),
        _ => throw Unexpected(part),
    });

    private static string Of(BodyModel body, Func<BodyPartModel, string> bound) =>
        string.Concat(body.Parts.Select(part => part switch
        {
            OwnTextModel own => own.Text,
            NameModel name => name.Name,
            QualifierModel { Container: null } => "global::",
            QualifierModel qualifier => qualifier.Container + ".",
            InferredNameModel inferred => inferred.Name + (inferred.IsOfTuple ? ": " : " = "),
            InterpolationEdgeModel edge => edge.IsStart ? "(" : ")",
            LiteralModel literal => Literal(literal),
            ConstantModel constant => Constant(constant),
            _ => bound(part),
        }));

    // Whatever the user wrote around the constant's name must still mean the constant as a whole.
    private static string Constant(ConstantModel constant) => constant.Value switch
    {
        null => $"(({constant.Type})null)",
        var literal => $"(({constant.Type})({Literal(literal)}))",
    };

    private static string Literal(LiteralModel literal) => literal.Kind switch
    {
        LiteralKind.Decimal => literal.Value + "m",
        LiteralKind.Character => CSharpNames.Literal(literal.Value[0]),
        LiteralKind.Text => CSharpNames.Literal(literal.Value),
        _ => literal.Value,
    };

    private static InvalidOperationException Unexpected(BodyPartModel part) => new($"A {part.GetType().Name} does not belong there.");
}
