using Microsoft.CodeAnalysis;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The types whose values can always be compared and hashed.</summary>
internal static class PlainTypes
{
    public static bool Contain(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(static item => Contain(item.Type)),
        _ when NamedTypeParser.ItemOf(type) is { } item => Contain(item),
        _ => TypeNames.Reference(type).Scalar is not (ScalarKind.None or ScalarKind.Bytes),
    };
}
