using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Reads the values of constants.</summary>
internal static class ConstantParser
{
    /// <summary>Returns null for a constant whose type generated code cannot name.</summary>
    public static ConstantModel? Parse(ITypeSymbol type, object? value) => Reach.NameOf(type) is not { } name ? null
        : new ConstantModel { Type = name, Value = value is null ? null : LiteralOf(value) };

    /// <summary>The value of a constant that is cast from one which generated code cannot reach; null for all else.</summary>
    public static ConstantModel? OfHidden(CastExpressionSyntax cast, SemanticModel model) =>
        model.GetConstantValue(cast) is { HasValue: true } constant
        && model.GetTypeInfo(cast).Type is { } type
        && cast.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .Any(name => model.GetSymbolInfo(name).Symbol is IFieldSymbol field && !Reach.CanReach(field))
            ? Parse(type, constant.Value)
            : null;

    private static LiteralModel LiteralOf(object value) => value switch
    {
        double.NaN or float.NaN => Literal(LiteralKind.Named, "NaN"),
        double.PositiveInfinity or float.PositiveInfinity => Literal(LiteralKind.Named, "PositiveInfinity"),
        double.NegativeInfinity or float.NegativeInfinity => Literal(LiteralKind.Named, "NegativeInfinity"),
        string text => Literal(LiteralKind.Text, text),
        char letter => Literal(LiteralKind.Character, letter.ToString()),
        decimal number => Literal(LiteralKind.Decimal, number.ToString(CultureInfo.InvariantCulture)),
        double number => Literal(LiteralKind.Plain, Digits(number, number)),
        float number => Literal(LiteralKind.Plain, Digits(number, number) + "F"),
        _ => Literal(LiteralKind.Plain, SymbolDisplay.FormatPrimitive(value, quoteStrings: false, useHexadecimalNumbers: false)),
    };

    private static string Digits(double number, IFormattable text) =>
        number == 0 && double.IsNegativeInfinity(1 / number) ? "-0.0" : text.ToString("R", CultureInfo.InvariantCulture);

    private static LiteralModel Literal(LiteralKind kind, string value) => new() { Kind = kind, Value = value };
}
