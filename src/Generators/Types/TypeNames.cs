using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>How symbols are named in models, and which of them are single values.</summary>
internal static class TypeNames
{
    // One run-time type, one text: tuples lose their names here.
    private static readonly SymbolDisplayFormat Erased = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    /// <summary>The type where it is used.</summary>
    public static TypeRefModel Reference(ITypeSymbol type)
    {
        var isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var bare = isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        var isEnum = bare.TypeKind == TypeKind.Enum;
        return new TypeRefModel
        {
            Name = Qualified(type),
            Scalar = ScalarOf(isEnum ? ((INamedTypeSymbol)bare).EnumUnderlyingType! : bare),
            Bare = Qualified(bare),
            IsEnum = isEnum,
            IsNullable = isNullable,
            IsValueType = type.IsValueType,
            IsOfFramework = FrameworkTypes.HaveCodec(bare),
        };
    }

    /// <summary>The name for people: without <c>global::</c>.</summary>
    public static string Label(ITypeSymbol type) => Qualified(type).Replace("global::", string.Empty);

    /// <summary>The name for people: without <c>global::</c>.</summary>
    public static string Label(TypeRefModel type) => type.Name.Replace("global::", string.Empty);

    /// <summary>
    /// The definition's name as attributes and well-known types are recognised by: <c>System.Collections.Generic.List</c>.
    /// </summary>
    public static string Definition(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space && type.ContainingType is null
        ? $"{space.ToDisplayString()}.{type.Name}"
        : type.Name;

    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && Definition(type) == name);

    private static string Qualified(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Erased);

    private static ScalarKind ScalarOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ScalarKind.Boolean,
        SpecialType.System_SByte => ScalarKind.SByte,
        SpecialType.System_Byte => ScalarKind.Byte,
        SpecialType.System_Int16 => ScalarKind.Int16,
        SpecialType.System_UInt16 => ScalarKind.UInt16,
        SpecialType.System_Int32 => ScalarKind.Int32,
        SpecialType.System_UInt32 => ScalarKind.UInt32,
        SpecialType.System_Int64 => ScalarKind.Int64,
        SpecialType.System_UInt64 => ScalarKind.UInt64,
        SpecialType.System_Char => ScalarKind.Char,
        SpecialType.System_Single => ScalarKind.Single,
        SpecialType.System_Double => ScalarKind.Double,
        SpecialType.System_Decimal => ScalarKind.Decimal,
        SpecialType.System_String => ScalarKind.Text,
        SpecialType.System_DateTime => ScalarKind.DateTime,
        _ => type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte }
            ? ScalarKind.Bytes
            : ScalarOf(Definition(type)),
    };

    private static ScalarKind ScalarOf(string name) => name switch
    {
        "System.Int128" => ScalarKind.Int128,
        "System.UInt128" => ScalarKind.UInt128,
        "System.Numerics.BigInteger" => ScalarKind.BigInteger,
        "System.Guid" => ScalarKind.Guid,
        "System.DateTimeOffset" => ScalarKind.DateTimeOffset,
        "System.DateOnly" => ScalarKind.DateOnly,
        "System.TimeOnly" => ScalarKind.TimeOnly,
        "System.TimeSpan" => ScalarKind.TimeSpan,
        _ => ScalarKind.None,
    };
}
