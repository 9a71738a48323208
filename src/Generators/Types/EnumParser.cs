using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>An enum in, its names and numbers out.</summary>
internal static class EnumParser
{
    public static EnumTypeModel Parse(INamedTypeSymbol type, TypeRefModel reference) => new()
    {
        Type = reference,
        Label = TypeNames.Label(type),
        FormerNames = MemberAttributes.FormerNames(type),
        Number = TypeNames.Reference(type.EnumUnderlyingType!),
        Names = new([.. type.GetMembers().OfType<IFieldSymbol>()
            .Where(static field => field.HasConstantValue)
            .Select(static field => new EnumNameModel
            {
                Name = field.Name,
                Number = Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture)!,
                FormerNames = MemberAttributes.FormerNames(field),
            })]),
    };
}
