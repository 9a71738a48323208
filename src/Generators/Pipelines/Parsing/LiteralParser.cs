using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Finds literals that hold line breaks. They are written on one line: generated files have line ends and an indentation of their own.
/// </summary>
internal static class LiteralParser
{
    private static readonly char[] LineBreaks = ['\r', '\n', '\u0085', '\u2028', '\u2029'];

    public static void Visit(LiteralExpressionSyntax literal, BodyEdits edits)
    {
        if (HasLineBreak(literal.Token.Text) && literal.Token.Value is string text)
        {
            var isUtf8 = literal.IsKind(SyntaxKind.Utf8StringLiteralExpression);
            edits.Replace(literal, new LiteralModel { Kind = isUtf8 ? LiteralKind.Utf8Text : LiteralKind.Text, Value = text });
        }
    }

    public static void Visit(InterpolatedStringExpressionSyntax text, SemanticModel model, BodyEdits edits)
    {
        var hasLineBreak = text.Contents.Any(static content => content switch
        {
            InterpolatedStringTextSyntax own => HasLineBreak(own.TextToken.Text),
            InterpolationSyntax { FormatClause: { } format } => HasLineBreak(format.ToString()),
            _ => false,
        });
        if (!hasLineBreak && !HasLineBreak(text.StringStartToken.Text))
        {
            return;
        }

        edits.Replace(text.StringStartToken.Span, Mark(InterpolationMark.Begin));
        foreach (var content in text.Contents)
        {
            switch (content)
            {
                case InterpolatedStringTextSyntax own:
                    edits.Replace(own, Text(ValueOf(own, model)));
                    break;
                case InterpolationSyntax hole:
                    edits.Replace(hole.OpenBraceToken.Span, Mark(InterpolationMark.Open));
                    if (hole.FormatClause is { } format)
                    {
                        edits.Replace(format.FormatStringToken.Span, Text(format.FormatStringToken.ValueText));
                    }

                    edits.Replace(hole.CloseBraceToken.Span, Mark(InterpolationMark.Close));
                    break;
            }
        }

        edits.Replace(text.StringEndToken.Span, Mark(InterpolationMark.End));
    }

    private static string ValueOf(InterpolatedStringTextSyntax own, SemanticModel model) =>
        model.GetOperation(own) is Microsoft.CodeAnalysis.Operations.IInterpolatedStringTextOperation
        {
            Text.ConstantValue: { HasValue: true, Value: string value }
        }
            ? value : own.TextToken.ValueText;

    private static bool HasLineBreak(string text) => text.IndexOfAny(LineBreaks) >= 0;

    private static LiteralModel Text(string value) => new() { Kind = LiteralKind.InterpolatedText, Value = value };

    private static InterpolationMarkModel Mark(InterpolationMark mark) => new() { Mark = mark };
}
