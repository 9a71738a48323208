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
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ancestors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);
    private readonly List<TypeDeclarationSyntax> _derived = [];

    private TreeIndex(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            Add(node);
            Name(node);
        }
    }

    /// <summary>Gets the queries in query syntax, which call verbs without a call.</summary>
    public IReadOnlyList<QueryExpressionSyntax> Queries => _queries;

    /// <summary>Gets all names that the file uses.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Gets the names by which other files can get at its code: of types, and of methods that extend others' types.</summary>
    public IReadOnlyCollection<string> Declared => _declared;

    /// <summary>Gets the names of the types that its types derive from or implement.</summary>
    public IReadOnlyCollection<string> Ancestors => _ancestors;

    /// <summary>Gets the types that derive from or implement something.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> Derived => _derived;

    /// <summary>Gets the names of methods and types with a parameter that is marked for operator code.</summary>
    public IReadOnlyCollection<string> Marked => _marked;

    /// <summary>Gets a value indicating whether other files hold parts of its types.</summary>
    public bool IsPartial { get; private set; }

    public bool Uses(string name) => _names.Contains(name);

    public bool Declares(string name) => _declared.Contains(name);

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
            case PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression
                or (int)SyntaxKind.PreDecrementExpression
            } before:
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

    private void Name(SyntaxNode node)
    {
        switch (node)
        {
            case SimpleNameSyntax name:
                _names.Add(name.Identifier.ValueText);
                break;
            case BaseTypeDeclarationSyntax type:
                _declared.Add(type.Identifier.ValueText);
                IsPartial |= type.Modifiers.Any(SyntaxKind.PartialKeyword);
                if (type is TypeDeclarationSyntax { BaseList: { } bases } derived)
                {
                    _derived.Add(derived);
                    _ancestors.UnionWith(bases.Types.Select(static ancestor => NameOf(ancestor.Type)).OfType<string>());
                }

                break;
            case ParameterSyntax { Modifiers: { Count: > 0 } modifiers, Parent.Parent: MethodDeclarationSyntax method }
                when modifiers.Any(SyntaxKind.ThisKeyword):
                _declared.Add(method.Identifier.ValueText);
                break;
        }

        if (node is ParameterSyntax { AttributeLists.Count: > 0, Parent.Parent: { } owner }
            && (owner as MethodDeclarationSyntax)?.Identifier.ValueText is { } marked)
        {
            _marked.Add(marked);
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
                if (target is MemberAccessExpressionSyntax { Expression: { } holder })
                {
                    Written(holder);
                }

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
