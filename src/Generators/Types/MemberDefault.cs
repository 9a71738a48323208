using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Types;

/// <summary>Finds the constant that a member begins with where nobody has given it a value yet.</summary>
internal static class MemberDefault
{
    private const string Nothing = "[]";

    /// <summary>The constant as C# writes it; null for the default of the member's type, or for what is no constant.</summary>
    public static string? Of(MemberCandidate member, IParameterSymbol? parameter) =>
        parameter is { HasExplicitDefaultValue: true }
            ? parameter.ExplicitDefaultValue is { } value ? TextOf(value) : null
            : InitializerOf(member.Symbol) is { } initializer ? TextOf(initializer, member.Type) : null;

    private static ExpressionSyntax? InitializerOf(ISymbol member) =>
        member.DeclaringSyntaxReferences.Select(static reference => reference.GetSyntax()).FirstOrDefault() switch
        {
            PropertyDeclarationSyntax { Initializer.Value: var value } => value,
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            _ => null,
        };

    private static string? TextOf(object constant) => constant switch
    {
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number when double.IsNaN(number) || double.IsInfinity(number) => null,
        float number when float.IsNaN(number) || float.IsInfinity(number) => null,
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        _ => SymbolDisplay.FormatPrimitive(constant, quoteStrings: true, useHexadecimalNumbers: false),
    };

    private static string? TextOf(ExpressionSyntax expression, ITypeSymbol type) => expression switch
    {
        ParenthesizedExpressionSyntax inner => TextOf(inner.Expression, type),
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression
            || literal.Token.Text.Contains('\n') ? null : literal.Token.Text,
        PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax number } negative
            when negative.IsKind(SyntaxKind.UnaryMinusExpression) => "-" + number.Token.Text,
        CollectionExpressionSyntax { Elements.Count: 0 } => Nothing,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null or { Expressions.Count: 0 } }
            when IsCollection(type) => Nothing,
        MemberAccessExpressionSyntax access => OfMember(access, type),
        _ => null,
    };

    private static string? OfMember(MemberAccessExpressionSyntax access, ITypeSymbol type)
    {
        var name = access.Name.Identifier.ValueText;
        if (type.TypeKind == TypeKind.Enum)
        {
            return type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true } constant
                ? TextOf(constant.ConstantValue!) : null;
        }

        return name != "Empty" ? null
            : type.SpecialType == SpecialType.System_String ? SymbolDisplay.FormatLiteral("", quote: true)
            : IsCollection(type) ? Nothing
            : null;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1 } || (type is INamedTypeSymbol named && CollectionTypes.Common(named) is not null);
}
