using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Says of a captured variable if it keeps its value from the moment that a function captures it.</summary>
internal static class VariableWrites
{
    /// <summary>
    /// Returns whether every write comes before the function in the same run of statements. A write behind it, in a loop around it, or in
    /// another function may come when the value was read already.
    /// </summary>
    /// <param name="variable">A parameter or local.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="function">The function that captures it.</param>
    /// <param name="model">The semantic model of the file.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static bool IsSettled(
        ISymbol variable, SyntaxNode declaration, SyntaxNode function, SemanticModel model, CancellationToken cancellation)
    {
        if (variable.ContainingSymbol.DeclaringSyntaxReferences.Length != 1
            || variable is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None })
        {
            return false;
        }

        var (home, writes) = Find(variable, model, cancellation);
        return writes.All(write => write.SpanStart < function.SpanStart
                && FunctionAround(write) == home
                && FunctionAround(function) == home
                && LoopsAround(write, home).All(loop => loop.Contains(declaration)))
            && (writes.Length == 0 || !home.DescendantNodes().Any(static node => node is LabeledStatementSyntax));
    }

    /// <summary>Whether nothing is assigned to a local but what it is declared with.</summary>
    public static bool IsNeverWritten(ISymbol variable, SyntaxNode declaration, SemanticModel model, CancellationToken cancellation) =>
        variable is ILocalSymbol { RefKind: RefKind.None }
        && variable.ContainingSymbol.DeclaringSyntaxReferences.Length == 1
        && declaration.SyntaxTree == model.SyntaxTree
        && Find(variable, model, cancellation).Writes.Length == 0;

    private static (SyntaxNode Home, IdentifierNameSyntax[] Writes) Find(
        ISymbol variable, SemanticModel model, CancellationToken cancellation)
    {
        var home = variable.ContainingSymbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (home is MemberDeclarationSyntax)
        {
            BodyReads.Note(home);
        }

        var writes = home.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable)
                && model.GetOperation(name, cancellation) is { } use && IsWrite(use))
            .ToArray();
        return (home, writes);
    }

    private static bool IsWrite(IOperation use)
    {
        var place = use;
        while (true)
        {
            switch (place.Parent)
            {
                case IFieldReferenceOperation field when field.Instance == place && IsValue(place):
                    place = field;
                    break;
                case ITupleOperation tuple:
                    place = tuple;
                    break;
                case IPropertyReferenceOperation property:
                    return property.Instance == place && MayChange(place, property.Property.GetMethod, property);
                case IInvocationOperation call:
                    return call.Instance == place && MayChange(place, call.TargetMethod, call);
                case IDeconstructionAssignmentOperation parts:
                    return parts.Target == place;
                case ISimpleAssignmentOperation { IsRef: true }:
                    return true;
                case IAssignmentOperation assignment:
                    return assignment.Target == place;
                case IArgumentOperation argument:
                    return argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } }
                    or IIncrementOrDecrementOperation or IAddressOfOperation:
                    return true;
                case IForEachLoopOperation or IConversionOperation or IInlineArrayAccessOperation:
                    return IsValue(place) && !IsPlain(place.Type!);
                default:
                    return false;
            }
        }
    }

    private static bool IsValue(IOperation place) => place.Type is { IsValueType: true };

    // A member of a value may change it, unless it says that it does not.
    private static bool MayChange(IOperation place, IMethodSymbol? member, IOperation use) =>
        IsValue(place)
        && !IsPlain(place.Type!)
        && (member is not { IsReadOnly: true } || (use.Parent is IAssignmentOperation assignment && assignment.Target == use));

    private static bool IsPlain(ITypeSymbol type) => type.IsReadOnly || type.IsTupleType || type.TypeKind == TypeKind.Enum
        || type.SpecialType != SpecialType.None || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(static outer =>
        outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax
            or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or CompilationUnitSyntax);

    // The part of each that runs again and again.
    private static IEnumerable<SyntaxNode> LoopsAround(SyntaxNode node, SyntaxNode home) => node.Ancestors()
        .TakeWhile(outer => outer != home)
        .Select(static outer => outer switch
        {
            ForStatementSyntax loop => loop.Statement,
            CommonForEachStatementSyntax loop => loop.Statement,
            WhileStatementSyntax loop => loop.Statement,
            DoStatementSyntax loop => (SyntaxNode)loop.Statement,
            _ => null,
        })
        .OfType<SyntaxNode>();
}
