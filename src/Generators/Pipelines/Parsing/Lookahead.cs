using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Says of which keys and times a loop may look at those of records further down, so that their slots are in the cache in time.
/// </summary>
internal static class Lookahead
{
    /// <summary>Returns whether hashing the key costs a few instructions: it is hashed as a number.</summary>
    public static bool IsCheap(KeyModel key) =>
        key.Whole.Form is KeyForm.Truth or KeyForm.Integer or KeyForm.Bits or KeyForm.Ticks or KeyForm.Day;

    /// <summary>
    /// Returns whether the function has no effect, cannot fail on a record that is there, and costs a few instructions: it reads a field or
    /// an automatic property of the record, or one of a struct in it.
    /// </summary>
    public static bool Allows(ExpressionSyntax? function, SemanticModel model) =>
        function is not null && FunctionParser.Unwrap(function) is LambdaExpressionSyntax { ExpressionBody: { } body } lambda
        && FunctionParser.Unwrap(body) is MemberAccessExpressionSyntax member
        && IsPath(member, model)
        && model.GetTypeInfo(member) is { Type: { } type, ConvertedType: { } converted }
        && SymbolEqualityComparer.Default.Equals(type, converted)
        && model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { Parameters.Length: 1, IsAsync: false };

    private static bool IsPath(MemberAccessExpressionSyntax access, SemanticModel model) =>
        access.IsKind(SyntaxKind.SimpleMemberAccessExpression)
        && IsStored(model.GetSymbolInfo(access).Symbol)
        && access.Expression switch
        {
            IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol is IParameterSymbol,
            MemberAccessExpressionSyntax inner => model.GetTypeInfo(inner).Type is { IsValueType: true } && IsPath(inner, model),
            _ => false,
        };

    // Of properties of other assemblies nobody knows.
    private static bool IsStored(ISymbol? member) => member switch
    {
        IFieldSymbol { IsVolatile: false, IsStatic: false } => true,
        IPropertySymbol { IsStatic: false, IsVirtual: false, IsAbstract: false, IsOverride: false } property =>
            AutomaticProperty.Is(property),
        _ => false,
    };
}
