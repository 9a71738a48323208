using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Reading;

namespace Weir.Generators.Types;

/// <summary>Finds the field of which a property is but another name: read as it is, and set to what it is given.</summary>
internal static class PlainProperty
{
    /// <summary>Whether a property reads and sets a field, and does nothing else.</summary>
    public static bool IsOf(IPropertySymbol property, IFieldSymbol field) =>
        SymbolEqualityComparer.Default.Equals(property.ContainingType, field.ContainingType)
        && property.DeclaringSyntaxReferences.Select(static reference => BodyReads.Noted(reference.GetSyntax())).FirstOrDefault() is
            PropertyDeclarationSyntax { AccessorList.Accessors: { Count: 2 } accessors }
        && accessors.All(accessor => Is(accessor, field.Name));

    private static bool Is(AccessorDeclarationSyntax accessor, string field)
    {
        var statements = accessor.Body?.Statements ?? default;
        var does = accessor.ExpressionBody?.Expression ?? (statements.Count == 1 ? statements[0] : null) switch
        {
            ReturnStatementSyntax { Expression: { } answer } => answer,
            ExpressionStatementSyntax { Expression: var written } => written,
            _ => null,
        };
        return accessor.IsKind(SyntaxKind.GetAccessorDeclaration)
            ? IsField(does, field)
            : does is AssignmentExpressionSyntax
            {
                RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax { Identifier.ValueText: "value" },
            } assignment && IsField(assignment.Left, field);
    }

    private static bool IsField(ExpressionSyntax? expression, string field) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == field,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name == field,
        _ => false,
    };
}
