using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Rewrites the body of a user's function so that it means the same in another class: names qualified, parameters replaced.
/// </summary>
/// <remarks>
/// Edits the user's text instead of printing a tree: comments, line breaks and literals stay as they are, and so do the lines that
/// <c>#line</c> maps.
/// </remarks>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="body">The body: an expression or a block.</param>
/// <param name="parameters">What the parameters of the function become.</param>
/// <param name="replaced">Expressions that become something else as a whole.</param>
internal sealed class BodyRewriter(
    SemanticModel model,
    SyntaxNode body,
    IReadOnlyDictionary<ISymbol, string> parameters,
    IReadOnlyDictionary<SyntaxNode, string> replaced)
{
    private readonly List<TextChange> _edits = [];

    /// <summary>Gets why the body cannot be moved, or null if it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Returns the text of the body, or null if it uses what another class cannot reach.</summary>
    public string? Rewrite(CancellationToken cancellation)
    {
        if (body.DescendantTrivia(descendIntoTrivia: false).Any(trivia => trivia.IsDirective))
        {
            Refuse("holds preprocessor directives");
        }

        foreach (var node in body.DescendantNodesAndSelf(node => !replaced.ContainsKey(node) && Refusal is null))
        {
            cancellation.ThrowIfCancellationRequested();
            if (replaced.TryGetValue(node, out var text))
            {
                Edit(node.Span, text);
            }
            else
            {
                Visit(node);
            }
        }

        return Refusal is null ? Apply() : null;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case SimpleNameSyntax name:
                VisitName(name);
                break;
            case ThisExpressionSyntax or BaseExpressionSyntax:
                Refuse("uses 'this'");
                break;
            case UnsafeStatementSyntax or PointerTypeSyntax or AwaitExpressionSyntax or AttributeListSyntax:
                Refuse("holds unsafe or asynchronous code, or attributes");
                break;
            case AnonymousObjectMemberDeclaratorSyntax { NameEquals: null, Expression: IdentifierNameSyntax inferred }:
                // The member's name comes from the expression, which is about to change.
                Edit(new TextSpan(inferred.SpanStart, 0), $"{inferred.Identifier.Text} = ");
                break;
            case ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax, Expression: IdentifierNameSyntax inferred }:
                Edit(new TextSpan(inferred.SpanStart, 0), $"{inferred.Identifier.Text}: ");
                break;
            case InterpolationSyntax interpolation:
                // A qualified name holds colons, which would begin a format.
                Edit(new TextSpan(interpolation.Expression.SpanStart, 0), "(");
                Edit(new TextSpan(interpolation.Expression.Span.End, 0), ")");
                break;
            case ExpressionSyntax and not TypeSyntax:
                CheckReach(model.GetSymbolInfo(node).Symbol);
                break;
        }
    }

    private void VisitName(SimpleNameSyntax name)
    {
        if (IsInNameOf(name))
        {
            return;
        }

        var symbol = model.GetSymbolInfo(name).Symbol;
        if (IsBehindSomething(name))
        {
            CheckReach(symbol);
            return;
        }

        switch (symbol)
        {
            case null when name.Identifier.Text is "var" or "_" or "nameof":
            case IDiscardSymbol or ILabelSymbol or IRangeVariableSymbol or IDynamicTypeSymbol:
                break;
            case IParameterSymbol or ILocalSymbol:
                VisitVariable(name, symbol);
                break;
            case ITypeSymbol when name is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsNint: true } or IdentifierNameSyntax { IsNuint: true }:
                break;
            case INamedTypeSymbol type:
                CheckReach(type);
                VisitType(name, type);
                break;
            case INamespaceSymbol space:
                Edit(name.Identifier.Span, space.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
                break;
            case IMethodSymbol { MethodKind: MethodKind.LocalFunction }:
                if (!IsDeclaredInside(symbol))
                {
                    Refuse($"calls the local function '{symbol.Name}'");
                }

                break;
            case IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol when symbol.IsStatic:
                CheckReach(symbol);
                Edit(new TextSpan(name.SpanStart, 0), symbol.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
                    + ".");
                break;
            case IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol:
                Refuse($"uses '{symbol.Name}' of the object that builds the pipeline");
                break;
            default:
                Refuse($"uses '{name.Identifier.Text}', which generated code cannot name");
                break;
        }
    }

    private void VisitVariable(SimpleNameSyntax name, ISymbol symbol)
    {
        if (parameters.TryGetValue(symbol, out var text))
        {
            Edit(name.Span, text);
        }
        else if (!IsDeclaredInside(symbol))
        {
            if (symbol is ILocalSymbol { HasConstantValue: true } constant && LiteralOf(constant) is { } literal)
            {
                Edit(name.Span, literal);
            }
            else
            {
                Refuse($"captures '{symbol.Name}'");
            }
        }
    }

    private static string? LiteralOf(ILocalSymbol constant)
    {
        var type = Reach.NameOf(constant.Type);
        var isFinite = constant.ConstantValue is not (
            double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity);
        return type.Length == 0 || !isFinite ? null
            : constant.ConstantValue is null ? $"(({type})null)"
            : constant.ConstantValue is decimal number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "m"
            : $"(({type})({SymbolDisplay.FormatPrimitive(constant.ConstantValue, quoteStrings: true, useHexadecimalNumbers: false)}))";
    }

    private void VisitType(SimpleNameSyntax name, INamedTypeSymbol type)
    {
        if (model.GetAliasInfo(name) is not null || name is IdentifierNameSyntax { } && type.TypeArguments.Length > 0)
        {
            Edit(name.Span, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
            return;
        }

        INamespaceOrTypeSymbol outer = type.ContainingType is { } containing ? containing : type.ContainingNamespace;
        var prefix = outer is INamespaceSymbol { IsGlobalNamespace: true } ? "global::"
            : outer.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".";
        Edit(new TextSpan(name.SpanStart, 0), prefix);
    }

    /// <summary>Whether what stands before the name says where to look it up.</summary>
    private static bool IsBehindSomething(SimpleNameSyntax name) => IsInPatternPath(name) || name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AliasQualifiedNameSyntax => true,
        QualifiedNameSyntax qualified => qualified.Right == name,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment =>
            assignment.Left == name && !initializer.IsKind(SyntaxKind.CollectionInitializerExpression)
                && !initializer.IsKind(SyntaxKind.ArrayInitializerExpression),
        _ => false,
    };

    /// <summary>Whether it stands in the path of a property pattern, <c>{ Customer.Name: … }</c>.</summary>
    private static bool IsInPatternPath(SimpleNameSyntax name) =>
        name.Ancestors().SkipWhile(static outer => outer is MemberAccessExpressionSyntax).FirstOrDefault() is ExpressionColonSyntax;

    private bool IsInNameOf(SimpleNameSyntax name)
    {
        var call = name.Ancestors()
            .TakeWhile(outer => outer != body)
            .Append(body)
            .OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(outer => outer.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" }
                && model.GetConstantValue(outer).HasValue);
        if (call is null)
        {
            return false;
        }

        if (call.Expression == name)
        {
            Edit(call.Span, SymbolDisplay.FormatLiteral((string)model.GetConstantValue(call).Value!, quote: true));
        }

        return true;
    }

    private bool IsDeclaredInside(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.SyntaxTree && body.Span.Contains(reference.Span));

    private void CheckReach(ISymbol? symbol)
    {
        if (symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or INamespaceSymbol or IDiscardSymbol or ILabelSymbol or null
            || symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.BuiltinOperator }
            || symbol.ContainingType is { IsAnonymousType: true } or { IsTupleType: true })
        {
            return;
        }

        if (!Reach.CanReach(symbol.OriginalDefinition))
        {
            Refuse($"uses '{symbol.Name}', which is not accessible outside its type");
        }
    }

    private void Edit(TextSpan span, string text) => _edits.Add(new TextChange(span, text));

    private void Refuse(string why) => Refusal ??= why;

    private string Apply()
    {
        var source = body.SyntaxTree.GetText();
        var text = new StringBuilder();
        var position = body.SpanStart;

        // Where two edits begin at one place, the insertion comes first; the order of discovery decides between insertions.
        foreach (var edit in _edits.OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.End))
        {
            text.Append(source.ToString(TextSpan.FromBounds(position, edit.Span.Start))).Append(edit.NewText);
            position = edit.Span.End;
        }

        text.Append(source.ToString(TextSpan.FromBounds(position, body.Span.End)));
        return text.ToString().Replace("\r\n", "\n");
    }
}
