using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1004: hash codes that depend on the process.</summary>
internal static class HashFamily
{
    public const string Cure = "use StableHash, or the value itself";

    // Their hash codes are made of their bits alone.
    private static readonly HashSet<string> Stable = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.TimeSpan", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.Half", "System.Text.Rune",
        "System.Version", "System.Index",
    };

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.HashCode" => use.Name is "Combine" or "ToHashCode",
        "System.Runtime.CompilerServices.RuntimeHelpers" => use.Name == "GetHashCode",
        "System.Runtime.Serialization.ObjectIDGenerator" => true,
        _ => use is { Name: "GetHashCode" or "GetHashCodeOfString", Member: IMethodSymbol method } && IsSalted(method, use),
    };

    /// <summary>Whether a hash code of a type's own making depends on the process.</summary>
    public static bool IsSalted(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => false,
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => IsSalted(((INamedTypeSymbol)type).TypeArguments[0]),
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double } => false,
        { SpecialType: SpecialType.System_DateTime or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => false,
        INamedTypeSymbol named => !Stable.Contains(MemberUse.FullName(named)),
        _ => true,
    };

    private static bool IsSalted(IMethodSymbol method, MemberUse use)
    {
        // A comparer's GetHashCode is about its argument; any other about the object itself.
        var compared = method.Parameters.Length > 0
            && method.ContainingType.SpecialType != SpecialType.System_String ? method.Parameters[0].Type : null;
        if (compared is not null)
        {
            return compared.SpecialType is SpecialType.System_String or SpecialType.System_Object || IsSalted(compared);
        }

        var type = use.Instance is { } instance ? MemberUse.Bare(instance).Type : method.ContainingType;
        return type is null || IsSalted(type);
    }
}
