using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Reads the body of a user's function: finds what must be written otherwise to mean the same in another class, and what that binds to.
/// </summary>
/// <remarks>
/// Keeps the user's text instead of a tree: comments, line breaks and literals stay as they are, and so do the lines that <c>#line</c>
/// maps.
/// </remarks>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="body">The body: an expression or a block.</param>
/// <param name="function">The function whose body it is; null if parameters may not be used.</param>
/// <param name="replaced">Expressions that become something else as a whole.</param>
internal sealed class BodyParser(
    SemanticModel model,
    SyntaxNode body,
    IMethodSymbol? function,
    IReadOnlyDictionary<SyntaxNode, BodyPartModel> replaced)
{
    private readonly List<(TextSpan Span, BodyPartModel Part)> _edits = [];

    /// <summary>Gets why the body cannot be moved, or null if it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Returns the body, or null if it uses what another class cannot reach.</summary>
    public BodyModel? Parse(CancellationToken cancellation)
    {
        if (body.DescendantTrivia(descendIntoTrivia: false).Any(trivia => trivia.IsDirective))
        {
            Refuse("holds preprocessor directives");
        }

        foreach (var node in body.DescendantNodesAndSelf(node => !replaced.ContainsKey(node) && Refusal is null))
        {
            cancellation.ThrowIfCancellationRequested();
            if (replaced.TryGetValue(node, out var part))
            {
                Edit(node.Span, part);
            }
            else
            {
                Visit(node);
            }
        }

        return Refusal is null ? new BodyModel { IsBlock = body is BlockSyntax, Parts = new([.. Parts()]) } : null;
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
                Insert(inferred.SpanStart, new InferredNameModel { Name = inferred.Identifier.Text, IsOfTuple = false });
                break;
            case ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax, Expression: IdentifierNameSyntax inferred }:
                Insert(inferred.SpanStart, new InferredNameModel { Name = inferred.Identifier.Text, IsOfTuple = true });
                break;
            case InterpolationSyntax interpolation:
                Insert(interpolation.Expression.SpanStart, new InterpolationEdgeModel { IsStart = true });
                Insert(interpolation.Expression.Span.End, new InterpolationEdgeModel { IsStart = false });
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
            case IRangeVariableSymbol when function is not null && !IsDeclaredInside(symbol):
                // The variable of the query that the body is a clause of.
                Edit(name.Span, new ParameterUseModel { Position = 0 });
                break;
            case IDiscardSymbol or ILabelSymbol or IRangeVariableSymbol or IDynamicTypeSymbol:
                break;
            case IParameterSymbol or ILocalSymbol:
                VisitVariable(name, symbol);
                break;
            case ITypeSymbol when name is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsNint: true }
                or IdentifierNameSyntax { IsNuint: true }:
                break;
            case INamedTypeSymbol type:
                CheckReach(type);
                VisitType(name, type);
                break;
            case INamespaceSymbol space:
                Edit(name.Identifier.Span, new NameModel { Name = FullName(space) });
                break;
            case IMethodSymbol { MethodKind: MethodKind.LocalFunction }:
                if (!IsDeclaredInside(symbol))
                {
                    Refuse($"calls the local function '{symbol.Name}'");
                }

                break;
            case IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol when symbol.IsStatic:
                CheckReach(symbol);
                Insert(name.SpanStart, new QualifierModel { Container = FullName(symbol.ContainingType) });
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
        if (symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function))
        {
            Edit(name.Span, new ParameterUseModel { Position = parameter.Ordinal });
        }
        else if (!IsDeclaredInside(symbol))
        {
            if (symbol is ILocalSymbol { HasConstantValue: true } local && ConstantOf(local) is { } constant)
            {
                Edit(name.Span, constant);
            }
            else
            {
                Refuse($"captures '{symbol.Name}'");
            }
        }
    }

    private static ConstantModel? ConstantOf(ILocalSymbol local) => Reach.NameOf(local.Type) is not { } type ? null
        : local.ConstantValue is null ? new ConstantModel { Type = type, Value = null }
        : LiteralOf(local.ConstantValue) is { } value ? new ConstantModel { Type = type, Value = value }
        : null;

    private static LiteralModel? LiteralOf(object value) => value switch
    {
        double.NaN or double.PositiveInfinity or double.NegativeInfinity => null,
        float.NaN or float.PositiveInfinity or float.NegativeInfinity => null,
        string text => new LiteralModel { Kind = LiteralKind.Text, Value = text },
        char letter => new LiteralModel { Kind = LiteralKind.Character, Value = letter.ToString() },
        decimal number => new LiteralModel
        {
            Kind = LiteralKind.Decimal,
            Value = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        _ => new LiteralModel
        {
            Kind = LiteralKind.Plain,
            Value = SymbolDisplay.FormatPrimitive(value, quoteStrings: false, useHexadecimalNumbers: false),
        },
    };

    private void VisitType(SimpleNameSyntax name, INamedTypeSymbol type)
    {
        if (model.GetAliasInfo(name) is not null || name is IdentifierNameSyntax { } && type.TypeArguments.Length > 0)
        {
            Edit(name.Span, new NameModel { Name = FullName(type) });
            return;
        }

        INamespaceOrTypeSymbol outer = type.ContainingType is { } containing ? containing : type.ContainingNamespace;
        var isGlobal = outer is INamespaceSymbol { IsGlobalNamespace: true };
        Insert(name.SpanStart, new QualifierModel { Container = isGlobal ? null : FullName(outer) });
    }

    private static string FullName(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

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
            Edit(call.Span, new LiteralModel { Kind = LiteralKind.Text, Value = (string)model.GetConstantValue(call).Value! });
        }

        return true;
    }

    private bool IsDeclaredInside(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.SyntaxTree && body.Span.Contains(reference.Span));

    private void CheckReach(ISymbol? symbol)
    {
        if (symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or INamespaceSymbol or IDiscardSymbol or ILabelSymbol or null
            || symbol is IMethodSymbol
            {
                MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.BuiltinOperator
            }
            || symbol.ContainingType is { IsAnonymousType: true } or { IsTupleType: true })
        {
            return;
        }

        if (!Reach.CanReach(symbol.OriginalDefinition))
        {
            Refuse($"uses '{symbol.Name}', which is not accessible outside its type");
        }
    }

    private void Edit(TextSpan span, BodyPartModel part) => _edits.Add((span, part));

    private void Insert(int position, BodyPartModel part) => Edit(new TextSpan(position, 0), part);

    private void Refuse(string why) => Refusal ??= why;

    private IEnumerable<BodyPartModel> Parts()
    {
        var source = body.SyntaxTree.GetText();
        var position = body.SpanStart;

        // Where two edits begin at one place, the insertion comes first; the order of discovery decides between insertions.
        foreach (var (span, part) in _edits.OrderBy(static edit => edit.Span.Start).ThenBy(static edit => edit.Span.End))
        {
            if (span.Start > position)
            {
                yield return Own(TextSpan.FromBounds(position, span.Start));
            }

            yield return part;
            position = span.End;
        }

        if (body.Span.End > position)
        {
            yield return Own(TextSpan.FromBounds(position, body.Span.End));
        }

        OwnTextModel Own(TextSpan span) => new() { Text = source.ToString(span).Replace("\r\n", "\n") };
    }
}
