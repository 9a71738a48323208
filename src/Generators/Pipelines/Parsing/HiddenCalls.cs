using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds calls that no name in the text stands for: of enumerators, of <c>Deconstruct</c> and of <c>Add</c>.</summary>
internal static class HiddenCalls
{
    public static Refusal? RefusalOf(SyntaxNode node, SemanticModel model) => node switch
    {
        CommonForEachStatementSyntax loop => OfLoop(loop, model),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment =>
            OfParts(model.GetDeconstructionInfo(assignment)),
        InitializerExpressionSyntax initializer when initializer.IsKind(SyntaxKind.CollectionInitializerExpression) =>
            initializer.Expressions.Select(item => OfMethod(model.GetCollectionInitializerSymbolInfo(item).Symbol as IMethodSymbol))
                .FirstOrDefault(static refusal => refusal is not null),
        _ => null,
    };

    private static Refusal? OfLoop(CommonForEachStatementSyntax loop, SemanticModel model)
    {
        var info = model.GetForEachStatementInfo(loop);
        return OfMethod(info.GetEnumeratorMethod) ?? OfMethod(info.MoveNextMethod) ?? OfMethod(info.CurrentProperty?.GetMethod)
            ?? OfMethod(info.DisposeMethod)
            ?? (loop is ForEachVariableStatementSyntax variables ? OfParts(model.GetDeconstructionInfo(variables)) : null);
    }

    private static Refusal? OfParts(DeconstructionInfo info)
    {
        if (OfMethod(info.Method) is { } refusal)
        {
            return refusal;
        }

        return info.Nested.Select(OfParts).FirstOrDefault(static nested => nested is not null);
    }

    private static Refusal? OfMethod(IMethodSymbol? method) => method is null ? null
        : method.IsExtensionMethod || ExtensionCallParser.IsOfBlock(method) ? BodyOperations.OfPattern(method)
        : Reach.CanReach(method.OriginalDefinition) ? null
        : Refusal.OfMember(method);
}
