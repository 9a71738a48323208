using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>The types whose messages are JSON, because a call asks for that or because it names no other format.</summary>
/// <remarks>
/// A record that is written may have no part in its message: where a function says what the value is, that is what needs a format. If the
/// function is one that is passed on, nobody here can see it; then the record gets a format if it can have one.
/// </remarks>
internal static class MessageTypes
{
    /// <summary>Whether a name with types may be of one of our methods, by its text alone.</summary>
    public static bool MayBeNamed(GenericNameSyntax name) => (name.Identifier.ValueText, name.TypeArgumentList.Arguments.Count)
        is ("Read" or "Write" or "WriteAhead" or "WriteAtLeastOnce" or "WriteUnconfirmed" or "Json" or "Key" or "Value", 1)
            or ("ReadRecords", 2);

    /// <summary>Whether a call without types may be one of ours, by its text alone.</summary>
    public static bool MayBeInferred(InvocationExpressionSyntax call) => NameOf(call) switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "Key" or "Value" } => true,
        IdentifierNameSyntax
        {
            Identifier.ValueText: "Read" or "ReadRecords" or "Write" or "WriteAhead" or "WriteAtLeastOnce"
            or "WriteUnconfirmed"
        } => IsOfKafka(call),
        _ => false,
    };

    /// <summary>The types of a method that is called or passed on; none if it is none of ours.</summary>
    public static IEnumerable<RowDemand> Of(SyntaxNode node, IMethodSymbol method)
    {
        var call = node as InvocationExpressionSyntax ?? CallOf(node);
        switch (TypeNames.Definition(method.ContainingType), method.Name)
        {
            case ("Weir.RecordFormats", "Json") when method.Parameters.Length == 0:
                return [new RowDemand(method.TypeArguments[0], RowKind.Json)];
            case ("Weir.Kafka", "Read"):
            case ("Weir.KafkaMessageShape", "Key" or "Value"):
                return Unless(Given(call, method, "format"), method.TypeArguments[0]);
            case ("Weir.Kafka", "ReadRecords"):
                return [
                    .. Unless(Given(call, method, "keys"), method.TypeArguments[0]),
                    .. Unless(Given(call, method, "values"), method.TypeArguments[1]),
                ];
            case ("Weir.Kafka", "Write" or "WriteAhead" or "WriteAtLeastOnce" or "WriteUnconfirmed"):
                return OfWritten(Given(call, method, "shape"), method.TypeArguments[0]);
            default:
                return [];
        }
    }

    /// <summary>The name of the method that is called; null if it has none.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static IEnumerable<RowDemand> OfWritten(ExpressionSyntax? shape, ITypeSymbol type) => shape switch
    {
        null => Unless(null, type),
        AnonymousFunctionExpressionSyntax function => function.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(static call => NameOf(call)?.Identifier.ValueText == "Value") ? [] : Unless(null, type),
        _ => Unless(null, type).Select(static demand => demand with { IsSure = false }),
    };

    private static IEnumerable<RowDemand> Unless(ExpressionSyntax? format, ITypeSymbol type) =>
        format is null && !IsPlain(type) ? [new RowDemand(type, RowKind.Json)] : [];

    // These are written as they are.
    private static bool IsPlain(ITypeSymbol type) => type.SpecialType
            is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64
        || type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte };

    private static bool IsOfKafka(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax
    {
        Expression: IdentifierNameSyntax { Identifier.ValueText: "Kafka" }
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Kafka" }
            or AliasQualifiedNameSyntax { Name.Identifier.ValueText: "Kafka" },
    };

    private static InvocationExpressionSyntax? CallOf(SyntaxNode name)
    {
        var called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }

    // What a call gives for a parameter; null if that is nothing, or null.
    private static ExpressionSyntax? Given(InvocationExpressionSyntax? call, IMethodSymbol method, string parameter)
    {
        var arguments = call?.ArgumentList.Arguments ?? default;
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].NameColon?.Name.Identifier.ValueText
                ?? (i < method.Parameters.Length ? method.Parameters[i].Name : null);
            if (name == parameter)
            {
                return arguments[i].Expression is LiteralExpressionSyntax literal
                    && literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression
                    ? null : arguments[i].Expression;
            }
        }

        return null;
    }
}
