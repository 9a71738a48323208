using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Reads the body of a user's function: finds what must be written otherwise to mean the same in another class, and what that binds to.
/// </summary>
/// <remarks>
/// Keeps the user's text instead of a tree: comments and line breaks stay as they are, and so do the lines that <c>#line</c> maps.
/// </remarks>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="body">The body: an expression or a block.</param>
/// <param name="function">The function whose body it is; null if parameters may not be used.</param>
/// <param name="own">Takes private members that are used.</param>
/// <param name="captures">Takes variables that are captured; null if none may be.</param>
/// <param name="replaced">Expressions that become something else as a whole; null for none.</param>
internal sealed class BodyParser(
    SemanticModel model,
    SyntaxNode body,
    IMethodSymbol? function,
    OwnMembers own,
    Captures? captures,
    IReadOnlyDictionary<SyntaxNode, BodyPartModel>? replaced = null)
{
    private readonly BodyEdits _edits = new();
    private bool _hasQuery;

    /// <summary>Gets why the body cannot be moved, or null if it can.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Returns the body, or null if it uses what another class cannot reach.</summary>
    public BodyModel? Parse(CancellationToken cancellation)
    {
        if (body.DescendantTrivia(descendIntoTrivia: false).Any(trivia => trivia.IsDirective))
        {
            Refuse("holds preprocessor directives", "move the directives out of it");
        }

        Refusal ??= BodyOperations.RefusalOf(body, model, cancellation);
        foreach (var node in body.DescendantNodesAndSelf(_ => Refusal is null))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_edits.IsDone(node))
            {
                continue;
            }

            if (replaced is not null && replaced.TryGetValue(node, out var part))
            {
                _edits.Replace(node, part);
            }
            else
            {
                Visit(node);
            }
        }

        return Refusal is not null ? null : new BodyModel
        {
            IsBlock = body is BlockSyntax,
            Parts = new([.. _edits.Parts(body)]),
            Own = own.All,
            Captured = captures?.All ?? default,
            HasQuery = _hasQuery,
        };
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case SimpleNameSyntax name:
                VisitName(name);
                break;
            case AliasQualifiedNameSyntax { Alias.Identifier: { RawKind: (int)SyntaxKind.IdentifierToken } alias }:
                Refuse($"uses the alias '{alias.ValueText}'", "name the type without '::'");
                break;
            case BaseExpressionSyntax:
                Refuse("uses 'base'", "pass what it needs as part of the record");
                break;
            case ThisExpressionSyntax:
                if (TakeThis())
                {
                    _edits.Replace(node, new CapturedUseModel { Kind = CapturedKind.This, Name = null, IsContainer = false });
                }

                break;
            case UnsafeStatementSyntax or FixedStatementSyntax or PointerTypeSyntax or FunctionPointerTypeSyntax or MakeRefExpressionSyntax
                or RefTypeExpressionSyntax or RefValueExpressionSyntax:
                Refuse("holds unsafe code", "move the unsafe code to an internal method and call it");
                break;
            case CastExpressionSyntax cast when ConstantParser.OfHidden(cast, model) is { } constant:
                _edits.Replace(cast, constant);
                break;
            case SizeOfExpressionSyntax size when !model.GetConstantValue(size).HasValue:
                Refuse("holds unsafe code", "move the unsafe code to an internal method and call it");
                break;
            case AwaitExpressionSyntax:
                Refuse("holds asynchronous code", "move it to an internal method and call it");
                break;
            case AttributeListSyntax:
                Refuse("holds attributes", "move what has them to an internal method and call it");
                break;
            case AnonymousObjectMemberDeclaratorSyntax { NameEquals: null, Expression: var inferred }:
                InferredNames.Keep(inferred, isOfTuple: false, _edits);
                break;
            case ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } item:
                InferredNames.KeepItem(tuple, item, model, _edits);
                break;
            case InterpolatedStringExpressionSyntax text:
                LiteralParser.Visit(text, model, _edits);
                break;
            case InterpolationSyntax interpolation:
                _edits.Insert(interpolation.Expression.SpanStart, new InterpolationEdgeModel { IsStart = true });
                _edits.Insert(interpolation.Expression.Span.End, new InterpolationEdgeModel { IsStart = false });
                break;
            case LiteralExpressionSyntax literal:
                LiteralParser.Visit(literal, _edits);
                break;
            case InvocationExpressionSyntax call:
                VisitCall(call);
                break;
            case QueryClauseSyntax or SelectOrGroupClauseSyntax or OrderingSyntax:
                VisitQuery(node);
                break;
            case ExpressionSyntax and not TypeSyntax:
                VisitExpression((ExpressionSyntax)node);
                break;
            default:
                Refusal ??= HiddenCalls.RefusalOf(node, model);
                break;
        }
    }

    private void VisitCall(InvocationExpressionSyntax call)
    {
        if (IsNameOf(call))
        {
            _edits.Replace(call, new LiteralModel { Kind = LiteralKind.Text, Value = (string)model.GetConstantValue(call).Value! });
            return;
        }

        var symbol = model.GetSymbolInfo(call).Symbol;
        if (symbol is IMethodSymbol method && ExtensionCallParser.IsExtension(method))
        {
            CheckReach(ExtensionCallParser.Find(method));
            Refusal ??= ExtensionCallParser.Visit(call, method, _edits);
        }
        else if (symbol is not IMethodSymbol { IsStatic: true })
        {
            CheckReach(symbol);
        }
    }

    private void VisitExpression(ExpressionSyntax expression)
    {
        var symbol = model.GetSymbolInfo(expression).Symbol;
        if (symbol is { IsStatic: true } && expression is MemberAccessExpressionSyntax access)
        {
            // Its name is looked at here, with all that qualifies it.
            if (CopyOf(symbol) is { } copy)
            {
                _edits.Replace(access, copy);
                return;
            }
        }

        // Behind a '!' stands what stood before it.
        if (symbol is IMethodSymbol method && ExtensionCallParser.IsExtension(method) && expression is MemberAccessExpressionSyntax
            && expression.Parent is not InvocationExpressionSyntax)
        {
            Refuse($"makes a delegate of the extension '{method.Name}'", "write a lambda that calls it");
        }

        CheckReach(symbol);
        Refusal ??= HiddenCalls.RefusalOf(expression, model);
    }

    private void VisitQuery(SyntaxNode clause)
    {
        _hasQuery = true;
        var info = clause is QueryClauseSyntax query ? model.GetQueryClauseInfo(query) : default;
        foreach (var symbol in new[] { info.CastInfo.Symbol, info.OperationInfo.Symbol, model.GetSymbolInfo(clause).Symbol })
        {
            if (symbol is IMethodSymbol method && ExtensionCallParser.IsExtension(method)
                && (method.ReducedFrom ?? method).ContainingType.ToDisplayString() != "System.Linq.Enumerable")
            {
                Refusal ??= BodyOperations.OfPattern(method);
            }

            CheckReach(symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol);
        }
    }

    private void VisitName(SimpleNameSyntax name)
    {
        var symbol = model.GetSymbolInfo(name).Symbol;
        if (NameSyntaxes.IsBehindSomething(name))
        {
            CheckReach(symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol);
            return;
        }

        switch (symbol)
        {
            case null when name.Identifier.Text is "var" or "_":
                break;
            case IRangeVariableSymbol when function is not null && !IsDeclaredInside(symbol):
                // A variable of the query that the body is a clause of.
                _edits.Replace(name, new ParameterUseModel
                {
                    Position = QueryVariables.PositionOf(symbol.Name, function),
                    Items = QueryVariables.PathOf(symbol.Name, function),
                });
                break;
            case IDiscardSymbol or ILabelSymbol or IRangeVariableSymbol or IDynamicTypeSymbol:
                break;
            case IParameterSymbol or ILocalSymbol:
                VisitVariable(name, symbol);
                break;
            case ITypeParameterSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }:
                if (!IsDeclaredInside(symbol))
                {
                    Refuse($"uses '{symbol.Name}', which is known only where the pipeline is built", "use an internal method");
                }

                break;
            case ITypeSymbol when name is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsNint: true }
                or IdentifierNameSyntax { IsNuint: true }:
                break;
            case INamedTypeSymbol type:
                CheckReach(type);
                VisitType(name, type);
                break;
            case ITypeSymbol type when model.GetAliasInfo(name) is not null && Reach.NameOf(type) is { } full:
                _edits.Replace(name.Identifier.Span, new NameModel { Name = full });
                break;
            case INamespaceSymbol space:
                _edits.Replace(name.Identifier.Span, new NameModel { Name = FullName(space) });
                break;
            case IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol when symbol.IsStatic:
                VisitStatic(name, symbol);
                break;
            case IFieldSymbol or IPropertySymbol or IMethodSymbol or IEventSymbol:
                CheckReach(symbol);
                if (TakeThis())
                {
                    _edits.Insert(name.SpanStart, new CapturedUseModel { Kind = CapturedKind.This, Name = null, IsContainer = true });
                }

                break;
            default:
                Refuse($"uses '{name.Identifier.Text}', which generated code cannot name", "use an internal type or member");
                break;
        }
    }

    private void VisitStatic(SimpleNameSyntax name, ISymbol symbol)
    {
        if (CopyOf(symbol) is { } copy)
        {
            _edits.Replace(name, copy);
            return;
        }

        CheckReach(symbol);
        CheckParameters(symbol.ContainingType);
        _edits.Insert(name.SpanStart, new QualifierModel { Container = FullName(symbol.ContainingType) });
    }

    private void VisitVariable(SimpleNameSyntax name, ISymbol symbol)
    {
        if (symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function))
        {
            _edits.Replace(name, new ParameterUseModel { Position = parameter.Ordinal, Items = new([]) });
        }
        else if (!IsDeclaredInside(symbol))
        {
            if (symbol is ILocalSymbol { HasConstantValue: true } local
                && ConstantParser.Parse(local.Type, local.ConstantValue) is { } constant)
            {
                _edits.Replace(name, constant);
            }
            else if (captures is null)
            {
                Refuse($"captures '{symbol.Name}'", "make it a constant, or a static readonly field");
            }
            else if (DeadCode.Holds(name, body, model))
            {
                Refuse($"captures '{symbol.Name}' in code that a constant keeps from running", "leave that code out");
            }
            else if (captures.Add(symbol) is { } refusal)
            {
                Refusal ??= refusal;
            }
            else
            {
                _edits.Replace(name, new CapturedUseModel { Kind = CapturedKind.Variable, Name = symbol.Name, IsContainer = false });
            }
        }
    }

    private bool TakeThis()
    {
        if ((captures is null ? new Refusal("uses 'this'", "make it static") : captures.AddThis()) is { } refusal)
        {
            Refusal ??= refusal;
        }

        return Refusal is null;
    }

    private void VisitType(SimpleNameSyntax name, INamedTypeSymbol type)
    {
        if (model.GetAliasInfo(name) is not null || (name is IdentifierNameSyntax && type.TypeArguments.Length > 0))
        {
            if (!type.IsUnboundGenericType && Reach.NameOf(type) is null)
            {
                Refuse($"uses '{type.Name}', which generated code cannot name", "make the type internal");
            }

            _edits.Replace(name.Identifier.Span, new NameModel { Name = FullName(type) });
            return;
        }

        CheckParameters(type.ContainingType);
        INamespaceOrTypeSymbol outer = type.ContainingType is { } containing ? containing : type.ContainingNamespace;
        var isGlobal = outer is INamespaceSymbol { IsGlobalNamespace: true };
        _edits.Insert(name.SpanStart, new QualifierModel { Container = isGlobal ? null : FullName(outer) });
    }

    /// <summary>What stands for a static member that generated code cannot reach, if anything does.</summary>
    private BodyPartModel? CopyOf(ISymbol symbol) =>
        Reach.CanReach(symbol.OriginalDefinition) && !OuterParameters.Are(symbol.ContainingType, IsDeclaredInside) ? null
        : symbol is IFieldSymbol { HasConstantValue: true } field ? ConstantParser.Parse(field.Type, field.ConstantValue)
        : symbol is IFieldSymbol or IMethodSymbol && own.NameOf(symbol) is { } name ? new OwnMemberUseModel { Name = name }
        : null;

    private bool IsNameOf(InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" }
        && model.GetConstantValue(call) is { HasValue: true, Value: string }
        && model.GetSymbolInfo(call).Symbol is null;

    private bool IsDeclaredInside(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.SyntaxTree && body.Span.Contains(reference.Span));

    private void CheckReach(ISymbol? symbol)
    {
        if (symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or INamespaceSymbol or IDiscardSymbol or ILabelSymbol or null
            or ITypeParameterSymbol or IDynamicTypeSymbol or IArrayTypeSymbol
            || symbol is IMethodSymbol
            {
                MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.BuiltinOperator
            }
            || symbol.ContainingType is { IsAnonymousType: true } or { IsTupleType: true })
        {
            return;
        }

        if (Refusal is null && !Reach.CanReach(symbol.OriginalDefinition))
        {
            Refusal = symbol.ContainingType is { } type && !Reach.CanReach(type.OriginalDefinition) && Refusal.OfType(type) is { } home
                ? home : Refusal.OfMember(symbol);
        }
    }

    // A type that is named by its bare name, in a generic one, is a type of that one's parameters.
    private void CheckParameters(INamedTypeSymbol? type)
    {
        if (OuterParameters.Are(type, IsDeclaredInside))
        {
            Refuse($"uses a member of '{type!.Name}', which depends on a type parameter", $"move it out of '{type.Name}'");
        }
    }

    private void Refuse(string why, string cure) => Refusal ??= new Refusal(why, cure);

    private static string FullName(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
