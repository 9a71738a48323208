using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What locals, fields and properties are given in the whole project.</summary>
/// <param name="sources">The project.</param>
internal sealed class Assignments(Sources sources)
{
    /// <summary>The expressions that a variable or property may have its value of.</summary>
    public IEnumerable<IOperation> Values(ISymbol symbol)
    {
        foreach (var declaration in sources.Declarations(symbol))
        {
            foreach (var value in Declared(declaration, symbol))
            {
                yield return value;
            }
        }

        if (symbol is ILocalSymbol)
        {
            foreach (var handed in sources.Declarations(symbol).SelectMany(HandedOut))
            {
                yield return handed;
            }
        }

        if (symbol is IPropertySymbol property)
        {
            foreach (var value in Positional(property))
            {
                yield return value;
            }
        }

        foreach (var target in Writes(symbol))
        {
            if (target.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } assignment
                && assignment.Left.Span.Contains(target.Span)
                && ValueOf(sources.Operation(assignment)) is { } value)
            {
                yield return value;
            }
            else if (target.Parent is ArgumentSyntax)
            {
                foreach (var handed in HandedOut(target))
                {
                    yield return handed;
                }
            }
            else if (target.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call }
                && sources.Operation(call) is IInvocationOperation filled)
            {
                // What is added to a collection is a value that it holds.
                foreach (var argument in filled.Arguments)
                {
                    yield return argument.Value;
                }
            }
        }
    }

    /// <summary>Where a variable may be written or what it holds changed: the expressions that stand for it there.</summary>
    /// <param name="symbol">The variable.</param>
    /// <param name="isWanted">Which places are of interest, by text alone: binding costs more.</param>
    public IEnumerable<ExpressionSyntax> Writes(ISymbol symbol, Func<ExpressionSyntax, bool>? isWanted = null)
    {
        var definition = symbol.OriginalDefinition;
        foreach (var tree in TreesThatSee(definition))
        {
            foreach (var target in sources.Index(tree).Writes(symbol.Name))
            {
                sources.Cancellation.ThrowIfCancellationRequested();
                if ((isWanted is null || isWanted(target))
                    && sources.Symbol(target) is { } bound && SymbolEqualityComparer.Default.Equals(bound.OriginalDefinition, definition))
                {
                    yield return target;
                }
            }
        }
    }

    private IEnumerable<SyntaxTree> TreesThatSee(ISymbol symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol => symbol.DeclaringSyntaxReferences.Select(static part => part.SyntaxTree),
        { DeclaredAccessibility: Accessibility.Private, ContainingType: { } type } =>
            type.DeclaringSyntaxReferences.Select(static part => part.SyntaxTree).Distinct(),
        _ => sources.Trees,
    };

    // What a method of the project gives to a parameter that it hands out.
    private IEnumerable<IOperation> HandedOut(SyntaxNode node) =>
        node.FirstAncestorOrSelf<ArgumentSyntax>() is { RefKindKeyword: { RawKind: not 0 } keyword } given
        && keyword.IsKind(SyntaxKind.OutKeyword) | keyword.IsKind(SyntaxKind.RefKeyword)
        && sources.Operation(given) is IArgumentOperation { Parameter: { } parameter }
        && sources.Has(parameter.ContainingSymbol)
            ? Values(parameter.OriginalDefinition)
            : [];

    private static IOperation? ValueOf(IOperation? assignment) => assignment switch
    {
        IAssignmentOperation given => given.Value,
        IEventAssignmentOperation given => given.HandlerValue,
        _ => null,
    };

    private IEnumerable<IOperation> Declared(SyntaxNode declaration, ISymbol symbol)
    {
        var initializer = declaration switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            ParameterSyntax parameter => parameter.Default,
            _ => null,
        };
        if (initializer is not null && sources.Operation(initializer.Value) is { } value)
        {
            // A lambda by itself has no type; what holds it says what it becomes.
            yield return value;
        }

        if (declaration is SingleVariableDesignationSyntax or ForEachStatementSyntax
            && declaration.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { } loop
            && sources.Operation(loop.Expression) is { } items)
        {
            yield return items;
        }

        // var (left, right) = (t => …, t => …);
        if (declaration is SingleVariableDesignationSyntax
            && declaration.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { } taken
            && taken.Left.Span.Contains(declaration.Span)
            && sources.Operation(taken.Right) is { } parts)
        {
            yield return parts;
        }

        if (symbol is IPropertySymbol { GetMethod: { } getter } && !AutomaticProperty.Is((IPropertySymbol)symbol))
        {
            foreach (var answer in new Bodies(sources).Of(CodeUnit.Of(getter)).SelectMany(static body => body.DescendantsAndSelf())
                .OfType<IReturnOperation>())
            {
                if (answer.ReturnedValue is { } returned)
                {
                    yield return returned;
                }
            }
        }
    }

    // A property of a record's header holds what its constructor is given.
    private IEnumerable<IOperation> Positional(IPropertySymbol property) => property.ContainingType.IsRecord
        ? property.ContainingType.InstanceConstructors
            .SelectMany(static constructor => constructor.Parameters)
            .Where(parameter => parameter.Name == property.Name
                && sources.Declarations(parameter).Any(node => sources.Declarations(property).Contains(node)))
            .SelectMany(parameter => new CallSites(sources).Arguments(parameter))
        : [];
}
