using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Keyed;

/// <summary>A class in, what it keeps by key out.</summary>
internal static class StateClassParser
{
    /// <summary>Whether a declaration may be of such a class, by its text alone.</summary>
    public static bool MayKeepState(SyntaxNode node) => node is ClassDeclarationSyntax type
        && (type.BaseList is not null || type.Members.Any(static member => member switch
        {
            FieldDeclarationSyntax field => IsState(field.Declaration.Type),
            PropertyDeclarationSyntax property => IsState(property.Type),
            _ => false,
        }));

    /// <summary>Returns null for a class that keeps none.</summary>
    public static FoundStatesModel? Parse(
        ClassDeclarationSyntax declaration, INamedTypeSymbol type, SemanticModel semantics, CancellationToken cancellation)
    {
        var isProcess = StateFields.AreIn(type);
        ITypeSymbol[] stored = isProcess ? [.. StateFields.StoredBy(type).Select(static one => one.Type)]
            : [.. TriggerState(type, isClosed: true)];
        if (!isProcess && stored.Length == 0)
        {
            return null;
        }

        return new FoundStatesModel
        {
            Class = isProcess ? ClassOf(type) : null,
            Stored = CodecParser.ParseTypes(
                declaration, type.Name, stored, isProcess ? type.BaseType : null, semantics, cancellation),
        };
    }

    /// <summary>A closed generic class, and those that it derives from, as far as the project declares them.</summary>
    public static IEnumerable<StateConstructionModel> ConstructionsOf(ITypeSymbol type, Compilation compilation) =>
        StateFields.OwnersOf(type)
            .Where(one => TypeArguments.IsClosed(one) && ArgumentsOf(one).Any() && Reach.NameOf(one) is not null
                && SymbolEqualityComparer.Default.Equals(one.OriginalDefinition.ContainingAssembly, compilation.Assembly))
            .Select(static one => new StateConstructionModel
            {
                Class = NameOf(one.OriginalDefinition),
                Type = NameOf(one),
                Arguments = new([.. ArgumentsOf(one).Select(NameOf)]),
            });

    /// <summary>
    /// What triggers remember of a window, and generators of watermarks of a split: the second argument of the class that they derive from.
    /// </summary>
    public static IEnumerable<ITypeSymbol> TriggerState(ITypeSymbol? type, bool isClosed = false)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            if (one is INamedTypeSymbol { TypeArguments: [_, var state] }
                && TypeNames.Definition(one) is "Weir.Trigger" or "Weir.WatermarkGenerator"
                && (!isClosed || TypeArguments.IsClosed(state)))
            {
                yield return state;
            }
        }
    }

    private static StateClassModel? ClassOf(INamedTypeSymbol type)
    {
        var fields = StateFields.Of(type).Where(static field => !field.IsStatic).ToArray();
        if (!Reach.CanReach(type) || fields.Any(static field => !CanName(field.Type)))
        {
            // A rule says so.
            return null;
        }

        var parameters = ParametersOf(type).ToArray();
        return new StateClassModel
        {
            Type = NameOf(type),
            TypeParameters = new([.. parameters.Select(static parameter => parameter.Name)]),
            Constraints = new([.. parameters.Select(VerbCall.ConstraintOf).OfType<string>()]),
            Fields = new([.. fields.Select(static field => new StateFieldModel
            {
                Name = StateFields.NameOf(field),
                Field = field.MetadataName,
                Type = NameOf(field.Type),
                FormerNames = new([.. StateFields.FormerNamesOf(field)]),
            })]),
        };
    }

    // A type parameter of the class itself has a name in its accessors.
    private static bool CanName(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => CanName(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named =>
            Reach.CanReach(named.OriginalDefinition) && named.TypeArguments.All(CanName),
        _ => Reach.NameOf(type) is not null,
    };

    private static IEnumerable<ITypeParameterSymbol> ParametersOf(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? ParametersOf(outer) : []).Concat(type.TypeParameters);

    private static IEnumerable<ITypeSymbol> ArgumentsOf(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? ArgumentsOf(outer) : []).Concat(type.TypeArguments);

    private static string NameOf(ITypeSymbol type) => TypeNames.Reference(type).Name;

    private static bool IsState(TypeSyntax type) => type switch
    {
        NullableTypeSyntax nullable => IsState(nullable.ElementType),
        ArrayTypeSyntax array => IsState(array.ElementType),
        QualifiedNameSyntax qualified => IsState(qualified.Right),
        AliasQualifiedNameSyntax qualified => IsState(qualified.Name),
        GenericNameSyntax generic => generic.Identifier.ValueText is "ValueState" or "ListState" or "MapState" or "ReducingState"
            or "AggregatingState" or "BroadcastState" or "OperatorListState",
        _ => false,
    };
}
