using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>Which types are written, read or compared by the current culture if nobody says by which.</summary>
internal static class CultureTypes
{
    private const int Depth = 4;

    // Formats that are the same in every culture.
    private static readonly HashSet<string> FixedDates = new(StringComparer.Ordinal) { "O", "o", "R", "r", "s", "u" };

    /// <summary>Whether values of a type are written differently in two cultures.</summary>
    /// <param name="type">The type.</param>
    /// <param name="format">The format, if one is given.</param>
    /// <param name="depth">How deep to look into tuples and records.</param>
    public static bool IsFormatted(ITypeSymbol? type, string? format = null, int depth = Depth)
    {
        if (type is null || depth == 0)
        {
            return false;
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return IsFormatted(((INamedTypeSymbol)type).TypeArguments[0], format, depth);
        }

        return type.SpecialType switch
        {
            SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => !IsHexadecimal(format),
            SpecialType.System_DateTime => !IsFixed(format),
            >= SpecialType.System_SByte and <= SpecialType.System_UInt64 => UsesSeparators(format),
            SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char => false,
            _ => type is INamedTypeSymbol named && IsFormatted(named, format, depth),
        };
    }

    /// <summary>Whether the default comparer of a type compares texts by the culture.</summary>
    public static bool IsCompared(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_String } => true,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Any(static item => IsCompared(item.Type)),
        INamedTypeSymbol named when MemberUse.FullName(named) == "System.Tuple" => named.TypeArguments.Any(IsCompared),
        _ => false,
    };

    private static bool IsFormatted(INamedTypeSymbol type, string? format, int depth)
    {
        if (type.IsTupleType)
        {
            return type.TupleElements.Any(item => IsFormatted(item.Type, null, depth - 1));
        }

        if (type.IsAnonymousType || (type.IsRecord && WritesItself(type)))
        {
            return type.GetMembers().OfType<IPropertySymbol>()
                .Any(member => member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false }
                    && IsFormatted(member.Type, null, depth - 1));
        }

        return MemberUse.FullName(type) switch
        {
            "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" => !IsFixed(format),
            "System.TimeSpan" => format is "g" or "G",
            "System.Half" or "System.Numerics.Complex" or "System.Runtime.InteropServices.NFloat" or "System.Numerics.Vector2"
                or "System.Numerics.Vector3" or "System.Numerics.Vector4" or "System.Numerics.Quaternion"
                or "System.Numerics.Plane" => true,
            "System.Int128" or "System.UInt128" or "System.Numerics.BigInteger" => UsesSeparators(format),
            _ => false,
        };
    }

    // A record that has no ToString of its own lists its members.
    private static bool WritesItself(INamedTypeSymbol type) =>
        type.GetMembers("ToString").OfType<IMethodSymbol>().All(static method => method.IsImplicitlyDeclared);

    private static bool IsFixed(string? format) => format is not null && FixedDates.Contains(format);

    private static bool IsHexadecimal(string? format) => format is { Length: > 0 } && format[0] is 'x' or 'X';

    // Integers have no separator and, in the cultures that .NET has by default, an ASCII sign.
    private static bool UsesSeparators(string? format) =>
        format is { Length: > 0 } && (format[0] is 'n' or 'N' or 'c' or 'C' or 'p' or 'P' or 'e' or 'E' or 'f' or 'F'
            || format.IndexOfAny(['.', ',']) >= 0);
}
