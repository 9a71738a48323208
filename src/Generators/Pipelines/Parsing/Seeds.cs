using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What a fold begins with: it is made when a window opens, where LINQ makes it when the window fires.</summary>
internal static class Seeds
{
    /// <summary>Whether that makes no difference: it is a value that never changes, or an object of its own.</summary>
    public static bool IsMadeAnew(ExpressionSyntax seed, SemanticModel model) =>
        model.GetConstantValue(seed).HasValue
        || seed switch
        {
            ParenthesizedExpressionSyntax inner => IsMadeAnew(inner.Expression, model),
            CastExpressionSyntax cast => IsMadeAnew(cast.Expression, model),
            LiteralExpressionSyntax or DefaultExpressionSyntax or CollectionExpressionSyntax { Elements.Count: 0 } => true,
            BaseObjectCreationExpressionSyntax made => (made.ArgumentList?.Arguments ?? []).All(one => IsMadeAnew(one.Expression, model))
                && made.Initializer is null,
            TupleExpressionSyntax tuple => tuple.Arguments.All(item => IsMadeAnew(item.Expression, model)),
            PrefixUnaryExpressionSyntax unary => IsMadeAnew(unary.Operand, model),
            _ => model.GetSymbolInfo(seed).Symbol switch
            {
                IFieldSymbol { IsStatic: true, IsReadOnly: true } field => IsValue(field.Type),

                // Captured, and never written since.
                ILocalSymbol local => IsValue(local.Type),
                IParameterSymbol parameter => IsValue(parameter.Type),
                _ => false,
            },
        };

    private static bool IsValue(ITypeSymbol type) => type.IsUnmanagedType || type.SpecialType == SpecialType.System_String;
}
