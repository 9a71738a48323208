using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// The variables of a query behind <c>let</c>: the compiler keeps them in objects of anonymous types that nobody can name, each a pair of
/// what there was before and the new variable. In a loop they are pairs, too.
/// </summary>
internal static class QueryVariables
{
    /// <summary>Whether a function of a query takes all variables at once.</summary>
    public static bool AreTakenBy(IMethodSymbol function) => function.Parameters.Length > 0 && IsHidden(function.Parameters[0].Name);

    /// <summary>Whether a clause makes a further variable, and so puts all of them into one record.</summary>
    public static bool AreMadeBy(SyntaxNode clause) =>
        clause is LetClauseSyntax || (clause is FromClauseSyntax && AnsweredBy(clause) is null);

    /// <summary>The clause that a further <c>from</c> is one call with, and answers with the expression of; or null.</summary>
    public static SelectClauseSyntax? AnsweredBy(SyntaxNode clause) =>
        clause is FromClauseSyntax { Parent: QueryBodySyntax { SelectOrGroup: SelectClauseSyntax answer } body }
        && body.Clauses.Last() == clause
            ? answer
            : null;

    /// <summary>Which parameter of a clause's function a variable is in.</summary>
    public static int PositionOf(string variable, IMethodSymbol function) =>
        function.Parameters.Length == 2 && function.Parameters[1].Name == variable ? 1 : 0;

    /// <summary>Where a variable is in the record that a clause's function takes: which item of the pair, and of the pair in it.</summary>
    public static EquatableArray<int> PathOf(string variable, IMethodSymbol function) =>
        PositionOf(variable, function) == 0 && AreTakenBy(function) && Find(variable, function.Parameters[0].Type) is { } path
            ? new([.. path])
            : new([]);

    /// <summary>The pair, as generated code names it; null if a variable in it has no name that can be written.</summary>
    public static string? PairOf(ITypeSymbol type)
    {
        var items = MembersOf(type)
            .Select(static member => IsHidden(member.Name) ? PairOf(member.Type) : Reach.NameOf(member.Type))
            .ToArray();
        return items.Length == 2 && items.All(static item => item is not null) ? $"({items[0]}, {items[1]})" : null;
    }

    private static IEnumerable<int>? Find(string variable, ITypeSymbol type)
    {
        var item = 0;
        foreach (var member in MembersOf(type))
        {
            item++;
            if (member.Name == variable)
            {
                return [item];
            }

            if (IsHidden(member.Name) && Find(variable, member.Type) is { } inner)
            {
                return [item, .. inner];
            }
        }

        return null;
    }

    private static bool IsHidden(string name) => name.StartsWith("<", StringComparison.Ordinal);

    private static IEnumerable<IPropertySymbol> MembersOf(ITypeSymbol type) =>
        type.IsAnonymousType ? type.GetMembers().OfType<IPropertySymbol>() : [];
}
