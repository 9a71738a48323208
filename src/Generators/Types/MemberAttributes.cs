using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>What attributes say of members and types.</summary>
internal static class MemberAttributes
{
    /// <summary>Whether a member is given up by its author: it is neither written nor missed.</summary>
    public static bool IsIgnored(ISymbol member) =>
        TypeNames.Attribute(member, "MessagePack.IgnoreMemberAttribute") is not null
        || TypeNames.Attribute(member, "System.Runtime.Serialization.IgnoreDataMemberAttribute") is not null
        || TypeNames.Attribute(member, "System.NonSerializedAttribute") is not null;

    /// <summary>The place that <c>[Key(n)]</c> gives a member; behind all of those without one.</summary>
    public static int Key(ISymbol member) =>
        TypeNames.Attribute(member, "MessagePack.KeyAttribute")?.ConstructorArguments.FirstOrDefault().Value as int? ?? int.MaxValue;

    /// <summary>Whether a constructor is named as the one to call.</summary>
    public static bool IsChosen(IMethodSymbol constructor) =>
        TypeNames.Attribute(constructor, "MessagePack.SerializationConstructorAttribute") is not null
        || TypeNames.Attribute(constructor, "System.Text.Json.Serialization.JsonConstructorAttribute") is not null;

    /// <summary>
    /// Whether a use of a symbol is an error, also in generated code: it is obsolete, and only what is obsolete itself may use it.
    /// </summary>
    public static bool IsForbidden(ISymbol? symbol) =>
        symbol is not null && TypeNames.Attribute(symbol, "System.ObsoleteAttribute")?.ConstructorArguments is { Length: 2 } arguments
        && arguments[1].Value is true;

    /// <summary>The name that <c>[Column]</c> gives a member in rows.</summary>
    public static string? Column(ISymbol symbol) =>
        TypeNames.Attribute(symbol, "Weir.ColumnAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>The codec that <c>[CustomCodec]</c> names.</summary>
    public static INamedTypeSymbol? Codec(ISymbol symbol) =>
        TypeNames.Attribute(symbol, "Weir.CustomCodecAttribute")?.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol;

    /// <summary>The names that <c>[WasNamed]</c> gives, each once, in the order of the text.</summary>
    public static EquatableArray<string> FormerNames(params IEnumerable<ISymbol?> symbols) => new(
        [.. symbols.OfType<ISymbol>()
            .SelectMany(static symbol => symbol.GetAttributes())
            .Where(static attribute => attribute.AttributeClass is { } type && TypeNames.Definition(type) == "Weir.WasNamedAttribute")
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string)
            .OfType<string>()
            .Where(static name => name.Length > 0)
            .Distinct()]);

    /// <summary>The unit that <c>[Epoch]</c> gives a time in rows.</summary>
    public static EpochModel? Epoch(ISymbol symbol)
    {
        var unit = TypeNames.Attribute(symbol, "Weir.EpochAttribute")?.ConstructorArguments.FirstOrDefault();
        if (unit is not { Value: int number, Type: { } units })
        {
            return null;
        }

        var named = units.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, number));
        return new EpochModel { Unit = named?.Name, Number = number };
    }
}
