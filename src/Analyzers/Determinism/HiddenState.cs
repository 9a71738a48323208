using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Analyzers.Determinism.Families;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>WEIR1008, and WEIR1002 of generators that are kept: which uses of variables are uses of state that outlives the
/// record.</summary>
/// <param name="project">The project.</param>
internal sealed class HiddenState(Project project)
{
    private readonly Dictionary<ISymbol, WriteSite[]> _writes = new(SymbolEqualityComparer.Default);

    /// <summary>The uses of hidden state in a unit, as it is called on this way.</summary>
    public IEnumerable<Offence> Of(Facts facts, OperatorCode.Step step, OperatorRoot root)
    {
        var written = new HashSet<ISymbol>(
            facts.States.Where(static use => use.Kind is StateUseKind.Write or StateUseKind.Change).Select(static use => use.Symbol),
            SymbolEqualityComparer.Default);
        var read = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var use in facts.States.Where(use => IsShared(use.Owner, step)))
        {
            switch (use.Kind)
            {
                case StateUseKind.Draw:
                    var isSeeded = IsSeeded(use.Symbol);
                    yield return new(
                        isSeeded ? Rules.HiddenState : Rules.Randomness,
                        use.At,
                        use.Symbol.Name,
                        isSeeded ? "make one in the function, with a seed from the record" : RandomnessFamily.Cure);
                    break;
                case StateUseKind.Write or StateUseKind.Change when !IsOwn(use, step, root):
                    yield return new(Rules.HiddenState, use.At, use.Symbol.Name, AmbientFamily.Cure);
                    break;
                case StateUseKind.Read when !written.Contains(use.Symbol) && !read.Contains(use.Symbol) && Changes(use.Symbol, root):
                    read.Add(use.Symbol);
                    yield return new(Rules.HiddenState, use.At, use.Symbol.Name, AmbientFamily.Cure);
                    break;
            }
        }
    }

    /// <summary>Whether an object outlives the record, for code that is called on this way.</summary>
    public static bool IsShared(Receiver receiver, OperatorCode.Step step) => receiver.Kind switch
    {
        ReceiverKind.Shared => true,
        ReceiverKind.This => (step.Shared & 1) != 0,
        ReceiverKind.Parameter => receiver.Parameter < 62 && (step.Shared & (2L << receiver.Parameter)) != 0,
        ReceiverKind.Outer => receiver.Local is { } local && IsOutside(local, step),
        _ => false,
    };

    // A variable of a function around: of one that runs with the record, it lives no longer than that.
    private static bool IsOutside(ISymbol variable, OperatorCode.Step step)
    {
        for (var current = step; current is not null; current = current.From)
        {
            if (Declares(current.Unit, variable))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Declares(CodeUnit unit, ISymbol variable)
    {
        var scope = unit.Lambda ?? unit.Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return scope is not null
            && variable.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == scope.SyntaxTree && scope.Span.Contains(part.Span));
    }

    // The fields of an aggregate are another rule's.
    private static bool IsOwn(StateUse use, OperatorCode.Step step, OperatorRoot root) =>
        root.IsContract && use.Owner.Kind == ReceiverKind.This && step.From is null;

    /// <summary>Whether a variable, or what it holds, changes after the function was made.</summary>
    private bool Changes(ISymbol symbol, OperatorRoot root)
    {
        var isChangeable = AmbientFamily.IsChangeable(TypeOf(symbol));
        var isStruct = TypeOf(symbol) is { IsValueType: true };
        return WritesOf(symbol).Any(site => (site.IsOfValue || (site.IsOfMember && isStruct) ? !IsFixed(symbol)
            : isChangeable && !site.IsOfMember) && !IsMaking(site, symbol, root));
    }

    private static bool IsFixed(ISymbol symbol) => symbol is IFieldSymbol { IsReadOnly: true };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private WriteSite[] WritesOf(ISymbol symbol)
    {
        if (!_writes.TryGetValue(symbol.OriginalDefinition, out var sites))
        {
            _writes.Add(symbol.OriginalDefinition, sites = [.. project.Assignments
                .Writes(symbol, static node => WriteSite.Of(node) is not null)
                .Select(WriteSite.Of).OfType<WriteSite>()
                .Where(site => !IsOfSequence(site.Node))]);
        }

        return sites;
    }

    // Reverse and its like of LINQ change nothing, whatever their names say.
    private bool IsOfSequence(ExpressionSyntax node) =>
        node.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == node
        && project.Sources.Symbol(call) is IMethodSymbol { ContainingType: { } type }
        && type.ContainingNamespace?.ToDisplayString() == "System.Linq";

    /// <summary>Whether a write only makes the variable what it is, before any record comes.</summary>
    private bool IsMaking(WriteSite site, ISymbol symbol, OperatorRoot root) => symbol is ILocalSymbol or IParameterSymbol
        ? !Receivers.IsOfHeader(symbol) && IsBefore(site.Node, symbol, root)
        : IsInConstruction(site.Node, symbol) || IsOfNewObject(site.Node, root);

    // var config = new Config(); config.Limit = 4; and only then the function that reads it.
    private bool IsOfNewObject(ExpressionSyntax node, OperatorRoot root) =>
        node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name }
        && project.Sources.Symbol(name) is ILocalSymbol local
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax }
        && IsBefore(node, local, root);

    private bool IsInConstruction(SyntaxNode node, ISymbol symbol)
    {
        foreach (var outer in node.Ancestors())
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
                case InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax or WithExpressionSyntax } initializer
                    when initializer.Expressions.Any(one => one is AssignmentExpressionSyntax given && given.Left == node):
                    return true;
                case ConstructorDeclarationSyntax constructor:
                    return project.Sources.Model(node.SyntaxTree).GetDeclaredSymbol(constructor) is { } made
                        && made.IsStatic == symbol.IsStatic
                        && SymbolEqualityComparer.Default.Equals(made.ContainingType, symbol.ContainingType);
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool IsBefore(SyntaxNode write, ISymbol symbol, OperatorRoot root)
    {
        var declaring = FunctionAround(symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax());
        if (FunctionAround(write) != declaring)
        {
            return false;
        }

        var made = root.Unit.Lambda;
        if (made is null || made.SyntaxTree != write.SyntaxTree || declaring is null || !declaring.Span.Contains(made.Span))
        {
            made = root.Place is { } place && place.SyntaxTree == write.SyntaxTree ? place : null;
        }

        if (made is null)
        {
            return true;
        }

        // A loop that holds both, but not the declaration, writes again after it.
        var comesAgain = write.Ancestors()
            .TakeWhile(outer => outer != declaring)
            .Any(outer => outer is StatementSyntax and (ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax
                or DoStatementSyntax)
                && outer.Span.Contains(made.Span)
                && (outer is ForStatementSyntax || !symbol.DeclaringSyntaxReferences.Any(part => outer.Span.Contains(part.Span))));
        return write.SpanStart < made.SpanStart && !comesAgain;
    }

    private static SyntaxNode? FunctionAround(SyntaxNode? node) => node?.Ancestors().FirstOrDefault(static outer => outer
        is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
        or TypeDeclarationSyntax or CompilationUnitSyntax);

    private bool IsSeeded(ISymbol symbol) => project.Assignments.Values(symbol)
        .Select(MemberUse.Bare)
        .All(static value => value is Microsoft.CodeAnalysis.Operations.IObjectCreationOperation { Arguments.Length: > 0 })
        && project.Assignments.Values(symbol).Any();
}
