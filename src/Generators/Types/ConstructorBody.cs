using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Reading;

namespace Weir.Generators.Types;

/// <summary>
/// What a constructor does with what it is given. A member that is made of a parameter, and not the parameter itself, would be made of
/// itself again at each restart.
/// </summary>
/// <remarks>Looks at the text alone: names of parameters are not hidden in what it reads.</remarks>
internal sealed class ConstructorBody
{
    private readonly HashSet<MemberCandidate> _changed = [];

    private ConstructorBody()
    {
    }

    /// <summary>Gets the parameters that live on in fields of the compiler's, with the members that are called after them.</summary>
    public List<(string Parameter, ISymbol Member)> Captured { get; } = [];

    /// <summary>Whether a member is what the constructor is given for it, as far as can be seen.</summary>
    public bool IsKept(MemberCandidate member) => !_changed.Contains(member);

    public static ConstructorBody Of(IMethodSymbol constructor, MemberCandidate[] taken)
    {
        var body = new ConstructorBody();
        var declaration = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        for (var i = 0; i < taken.Length && declaration is not null; i++)
        {
            var (parameter, member) = (constructor.Parameters[i].Name, taken[i]);
            if (declaration is ConstructorDeclarationSyntax written)
            {
                BodyReads.Note(written);
                if (!Assignments(written, member.Symbol.Name).All(value => IsPlain(value, parameter)))
                {
                    body._changed.Add(member);
                }
            }
            else if (declaration is TypeDeclarationSyntax)
            {
                body.ReadPrimary(constructor.ContainingType, parameter, member);
            }
        }

        return body;
    }

    private void ReadPrimary(INamedTypeSymbol type, string parameter, MemberCandidate member)
    {
        var syntax = member.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (syntax is ParameterSyntax or null || !SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingType, type))
        {
            return;
        }

        var initializer = syntax switch
        {
            PropertyDeclarationSyntax { Initializer.Value: var value } => value,
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            _ => null,
        };
        if (initializer is not null && !IsPlain(initializer, parameter))
        {
            _changed.Add(member);
        }

        // A property that only tells the parameter is one with it.
        var told = syntax is PropertyDeclarationSyntax { ExpressionBody.Expression: var body } ? body : null;
        if (told is not null)
        {
            if (!IsPlain(told, parameter) && Mentions(told, parameter))
            {
                _changed.Add(member);
            }
        }
        else if (parameter != member.Symbol.Name && IsCaptured(type, parameter))
        {
            Captured.Add((parameter, member.Symbol));
        }
    }

    private static IEnumerable<ExpressionSyntax> Assignments(ConstructorDeclarationSyntax constructor, string member)
    {
        foreach (var assignment in constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (Named(assignment.Left) == member)
            {
                // What is added to it is no plain value either.
                yield return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : assignment;
            }
            else if (assignment is { Left: TupleExpressionSyntax left, Right: TupleExpressionSyntax right })
            {
                for (var i = 0; i < Math.Min(left.Arguments.Count, right.Arguments.Count); i++)
                {
                    if (Named(left.Arguments[i].Expression) == member)
                    {
                        yield return right.Arguments[i].Expression;
                    }
                }
            }
        }
    }

    private static string? Named(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };

    // The parameter itself, perhaps with a check; or nothing that has to do with it.
    private static bool IsPlain(ExpressionSyntax value, string parameter) => value switch
    {
        IdentifierNameSyntax => true,
        ParenthesizedExpressionSyntax inner => IsPlain(inner.Expression, parameter),
        PostfixUnaryExpressionSyntax { Operand: var operand } => IsPlain(operand, parameter),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax, Left: var left } =>
            IsPlain(left, parameter),
        _ => !Mentions(value, parameter),
    };

    private static bool IsCaptured(INamedTypeSymbol type, string parameter) => type.DeclaringSyntaxReferences
        .Select(static reference => reference.GetSyntax())
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(static declaration => declaration.Members)
        .Select(static member => BodyReads.Noted(member))
        .SelectMany(static member => member switch
        {
            BaseTypeDeclarationSyntax => [],
            BaseMethodDeclarationSyntax method => (SyntaxNode?[])[method.Body, method.ExpressionBody],
            PropertyDeclarationSyntax property => [property.AccessorList, property.ExpressionBody],
            IndexerDeclarationSyntax indexer => [indexer.AccessorList, indexer.ExpressionBody],
            EventDeclarationSyntax @event => [@event.AccessorList],
            _ => [],
        })
        .OfType<SyntaxNode>()
        .Any(body => Mentions(body, parameter));

    private static bool Mentions(SyntaxNode node, string parameter) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == parameter
            && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name));
}
