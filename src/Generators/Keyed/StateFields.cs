using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.Keyed;

/// <summary>Finds the states of classes by their fields.</summary>
internal static class StateFields
{
    private const string Process = "Weir.StatefulProcess";

    /// <summary>Whether instances of a class keep state in fields that somebody has to wire.</summary>
    public static bool AreIn(ITypeSymbol? type) => Ancestors(type).Any(static one => TypeNames.Definition(one) == Process)
        && TypeNames.Definition(type!) != Process && !IsOfPackage(type!);

    /// <summary>The class and those that it derives from, up to those of the package.</summary>
    public static IEnumerable<INamedTypeSymbol> OwnersOf(ITypeSymbol type) =>
        Ancestors(type).OfType<INamedTypeSymbol>().TakeWhile(static one => !IsOfPackage(one));

    /// <summary>The fields of states that a class declares itself, in order; static ones, too, for those who say that they must not be.
    /// </summary>
    public static IEnumerable<IFieldSymbol> Of(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => StateOf(field.Type) is not null);

    /// <summary>The state that a field holds, or an array of which it holds; null if it holds none.</summary>
    public static INamedTypeSymbol? StateOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: INamedTypeSymbol element } when IsState(element) => element,
        INamedTypeSymbol named when IsState(named) => named,
        _ => null,
    };

    /// <summary>What of the type arguments of a state is stored: of one that aggregates, the accumulator.</summary>
    public static IEnumerable<ITypeSymbol> StoredIn(INamedTypeSymbol state) => state.Name == "AggregatingState"
        ? [state.TypeArguments[1]]
        : state.TypeArguments;

    /// <summary>What a state is called: what <c>Named</c> says where it is made; else as its field, or as the property that the field
    /// stands behind.</summary>
    public static string NameOf(IFieldSymbol field) => GivenName(field) ?? Declared(field).Name;

    /// <summary>The names that it had before.</summary>
    public static IEnumerable<string> FormerNamesOf(IFieldSymbol field) => Declared(field).GetAttributes()
        .Where(static attribute => attribute.AttributeClass is { } type && TypeNames.Definition(type) == "Weir.WasNamedAttribute")
        .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string)
        .OfType<string>();

    /// <summary>The classes with state of their own that a call is given: made in its arguments, or held by them.</summary>
    public static IEnumerable<ITypeSymbol> KeepersIn(
        InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) => call.ArgumentList.Arguments
        .SelectMany(static argument => argument.Expression.DescendantNodesAndSelf())
        .Where(static node => node is BaseObjectCreationExpressionSyntax || node.Parent is ArgumentSyntax)
        .Select(node => semantics.GetTypeInfo(node, cancellation).Type)
        .OfType<INamedTypeSymbol>()
        .Where(static type => AreIn(type) || StateClassParser.TriggerState(type, isClosed: false).Any());

    /// <summary>The types that the states of a class, and of those that it derives from, hold.</summary>
    public static IEnumerable<(ITypeSymbol Type, IFieldSymbol Field)> StoredBy(ITypeSymbol type, bool isClosed = true) =>
        from owner in OwnersOf(type)
        from field in Of(owner)
        where !field.IsStatic
        from stored in StoredIn(StateOf(field.Type)!)
        where !isClosed || TypeArguments.IsClosed(stored)
        select (stored, field);

    // new ValueState<int>().Named("count")
    private static string? GivenName(IFieldSymbol field) =>
        InitializerOf(field) is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Named" },
            ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }],
        }
            ? name : null;

    private static ExpressionSyntax? InitializerOf(IFieldSymbol field) => Declared(field).DeclaringSyntaxReferences
        .Select(static reference => BodyReads.Noted(reference.GetSyntax())).FirstOrDefault() switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    private static ISymbol Declared(IFieldSymbol field) => field.AssociatedSymbol ?? field;

    private static bool IsState(INamedTypeSymbol type) =>
        TypeNames.Definition(type) is "Weir.ValueState" or "Weir.ListState" or "Weir.MapState"
            or "Weir.ReducingState" or "Weir.AggregatingState" or "Weir.BroadcastState" or "Weir.OperatorListState";

    private static bool IsOfPackage(ITypeSymbol type) => type.ContainingAssembly?.Name == "Weir";

    private static IEnumerable<ITypeSymbol> Ancestors(ITypeSymbol? type)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            yield return one;
        }
    }
}
