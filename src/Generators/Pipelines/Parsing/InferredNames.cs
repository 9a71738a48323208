using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Writes out the names that the compiler took from expressions which are about to change.</summary>
internal static class InferredNames
{
    /// <summary>The name of an item of a tuple.</summary>
    public static void KeepItem(TupleExpressionSyntax tuple, ArgumentSyntax item, SemanticModel model, BodyEdits edits)
    {
        // What is assigned to has no names; what has a type has those that the language infers, which are not all that one might.
        if (!NameSyntaxes.IsAssigned(tuple)
            && model.GetTypeInfo(tuple).Type is INamedTypeSymbol { IsTupleType: true } type
            && tuple.Arguments.IndexOf(item) is var position
            && type.TupleElements[position] is { Name: var name } element
            && !SymbolEqualityComparer.Default.Equals(element, element.CorrespondingTupleField)
            && name != FormattableString.Invariant($"Item{position + 1}"))
        {
            Keep(item.Expression, isOfTuple: true, edits);
        }
    }

    /// <summary>The name of a member that comes from its expression.</summary>
    public static void Keep(ExpressionSyntax expression, bool isOfTuple, BodyEdits edits)
    {
        if (SyntaxFacts.TryGetInferredMemberName(expression) is { } name)
        {
            var escaped = Types.CSharpNames.Escape(name);
            edits.Insert(expression.SpanStart, new InferredNameModel { Name = escaped, IsOfTuple = isOfTuple });
        }
    }
}
