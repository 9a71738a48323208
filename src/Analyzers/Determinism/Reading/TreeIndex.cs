using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What stands where in one file, by names alone: nothing is bound, so that a file is indexed once however often others
/// change.</summary>
internal sealed class TreeIndex
{
    /// <summary>The name under which creations stand that do not name their type.</summary>
    public const string TargetTyped = "new()";

    private static readonly ConditionalWeakTable<SyntaxTree, TreeIndex> Known = new();

    private readonly Dictionary<string, List<SyntaxNode>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ExpressionSyntax>> _writes = new(StringComparer.Ordinal);
    private readonly List<QueryExpressionSyntax> _queries = [];

    private TreeIndex(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            Add(node);
        }
    }

    /// <summary>Gets the queries in query syntax, which call verbs without a call.</summary>
    public IReadOnlyList<QueryExpressionSyntax> Queries => _queries;

    public static TreeIndex Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(tree, out var index))
        {
            index = Known.GetValue(tree, _ => new TreeIndex(tree.GetRoot(cancellation)));
        }

        return index;
    }

    /// <summary>Calls of methods, creations of objects and initializers of constructors, by the name of the method or type.</summary>
    public IReadOnlyList<SyntaxNode> Calls(string name) => _calls.TryGetValue(name, out var calls) ? calls : [];

    /// <summary>Where a variable, or what it holds, may be changed: the expression that stands for it.</summary>
    public IReadOnlyList<ExpressionSyntax> Writes(string name) => _writes.TryGetValue(name, out var writes) ? writes : [];

    /// <summary>The last name of an expression: that of what it refers to.</summary>
    public static string? NameOf(SyntaxNode? expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    private void Add(SyntaxNode node)
    {
        switch (node)
        {
            case InvocationExpressionSyntax call:
                Call(NameOf(call.Expression), call);
                Changed(call.Expression is MemberAccessExpressionSyntax access ? access.Expression
                    : call.Expression is MemberBindingExpressionSyntax
                        && call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } maybe
                        ? maybe.Expression : null);
                break;
            case ObjectCreationExpressionSyntax creation:
                Call(NameOf(creation.Type), creation);
                break;
            case ImplicitObjectCreationExpressionSyntax:
                Call(TargetTyped, node);
                break;
            case ConstructorInitializerSyntax:
                Call(TargetTyped, node);
                break;
            case PrimaryConstructorBaseTypeSyntax inherited:
                Call(NameOf(inherited.Type), inherited);
                break;
            case AssignmentExpressionSyntax assignment:
                Written(assignment.Left);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression
                or (int)SyntaxKind.PreDecrementExpression } before:
                Written(before.Operand);
                break;
            case PostfixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression
            } after:
                Written(after.Operand);
                break;
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument:
                Written(argument.Expression);
                break;
            case RefExpressionSyntax reference:
                Written(reference.Expression);
                break;
            case QueryExpressionSyntax query:
                _queries.Add(query);
                break;
        }
    }

    private void Written(ExpressionSyntax target)
    {
        switch (target)
        {
            case TupleExpressionSyntax tuple:
                foreach (var item in tuple.Arguments)
                {
                    Written(item.Expression);
                }

                break;
            case ElementAccessExpressionSyntax element:
                Changed(element.Expression);
                break;
            case ParenthesizedExpressionSyntax inner:
                Written(inner.Expression);
                break;
            default:
                Changed(target);
                break;
        }
    }

    private void Changed(ExpressionSyntax? target)
    {
        if (NameOf(target) is { } name)
        {
            Put(_writes, name, target!);
        }
    }

    private void Call(string? name, SyntaxNode node)
    {
        if (name is not null)
        {
            Put(_calls, name, node);
        }
    }

    private static void Put<T>(Dictionary<string, List<T>> index, string name, T node)
    {
        if (!index.TryGetValue(name, out var nodes))
        {
            index.Add(name, nodes = []);
        }

        nodes.Add(node);
    }
}
