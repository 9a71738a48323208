using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes the user's bodies: his text, and between it what generated code calls by another name.</summary>
internal static class BodyText
{
    /// <summary>The body of a function.</summary>
    /// <param name="body">The body.</param>
    /// <param name="captured">What stands for captured values.</param>
    /// <param name="arguments">What stands for its parameters.</param>
    public static string Of(BodyModel body, Func<CapturedKind, string?, string> captured, params string[] arguments) =>
        Of(body, part => part switch
        {
            ParameterUseModel parameter => arguments[parameter.Position]
                + string.Concat(parameter.Items.Select(static item => FormattableString.Invariant($".Item{item}"))),
            CapturedUseModel use => Captured(use, captured),
            NamedCallModel call => Call(call, captured, arguments),
            _ => throw Unexpected(part),
        });

    /// <summary>The result of a group, computed in a method that has <c>__key</c>, <c>__window</c> and <c>__pane</c>.</summary>
    public static string Of(BodyModel body, AccumulatorFields fields, string accumulator) => Of(body, part => part switch
    {
        GroupPartModel { Type: { } type, IsKey: true } => $"(({type})__key)",
        GroupPartModel group => group.IsKey ? "__key" : "__window",
        CapturedUseModel use => Captured(use, CapturedText.InAggregate),
        AnswerModel answer => AnswerText.Of(answer, fields, accumulator),
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
            InterpolationMarkModel mark => Mark(mark.Mark),
            ExtensionCallModel call => Call(call),
            ReceiverEndModel end => end.HasMore ? ", " : "",
            OwnMemberUseModel use => $"{OwnMembersEmitter.Class}.{use.Name}",
            LiteralModel literal => Literal(literal),
            ConstantModel constant => Constant(constant),
            _ => bound(part),
        }));

    // Whatever the user wrote around the constant's name must still mean the constant as a whole.
    public static string Constant(ConstantModel constant) => constant.Value switch
    {
        null => $"(({constant.Type})null)",
        { Kind: LiteralKind.Named } named => $"{constant.Type}.{named.Value}",
        var literal => $"(({constant.Type})({Literal(literal)}))",
    };

    private static string Literal(LiteralModel literal) => literal.Kind switch
    {
        LiteralKind.Decimal => literal.Value + "m",
        LiteralKind.Character => CSharpNames.Literal(literal.Value[0]),
        LiteralKind.Text => CSharpNames.Literal(literal.Value),
        LiteralKind.Utf8Text => CSharpNames.Literal(literal.Value) + "u8",
        LiteralKind.InterpolatedText => Unquoted(CSharpNames.Literal(literal.Value)).Replace("{", "{{").Replace("}", "}}"),
        _ => literal.Value,
    };

    private static string Unquoted(string literal) => literal.Substring(1, literal.Length - 2);

    private static string Mark(InterpolationMark mark) => mark switch
    {
        InterpolationMark.Begin => "$\"",
        InterpolationMark.End => "\"",
        InterpolationMark.Open => "{",
        _ => "}",
    };

    private static string Captured(CapturedUseModel use, Func<CapturedKind, string?, string> names) =>
        names(use.Kind, use.Name) + (use.IsContainer ? "." : "");

    private static string Call(NamedCallModel call, Func<CapturedKind, string?, string> captured, string[] arguments)
    {
        var target = captured(CapturedKind.Target, null);
        var container = call.IsOwn ? OwnMembersEmitter.Class : call.Container ?? target;
        var types = call.TypeArguments.Count == 0 ? "" : $"<{string.Join(", ", call.TypeArguments)}>";
        var passed = call.Conversions.Select((type, i) => type.Length == 0 ? arguments[i] : $"(({type}){arguments[i]})")
            .Prepend(target).Skip(call.TakesTarget ? 0 : 1);
        return $"{container}.{(call.IsOwn ? call.Name : CSharpNames.Escape(call.Name))}{types}({string.Join(", ", passed)})";
    }

    private static string Call(ExtensionCallModel call)
    {
        var types = call.TypeArguments.Count == 0 ? "" : $"<{string.Join(", ", call.TypeArguments)}>";
        return $"{call.Container}.{CSharpNames.Escape(call.Name)}{types}({(call.IsByReference ? "ref " : "")}";
    }

    private static InvalidOperationException Unexpected(BodyPartModel part) => new($"A {part.GetType().Name} does not belong there.");
}
