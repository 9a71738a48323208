using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds what a table can spread and compare keys of a type by.</summary>
internal static class KeyParser
{
    public static KeyModel Parse(ITypeSymbol type) => new()
    {
        Type = Reach.NameOf(type),
        Whole = PartOf(type, member: null),
        CanBeNull = NamedTypeParser.CanBeNull(type),
    };

    private static KeyPartModel PartOf(ITypeSymbol type, string? member)
    {
        var form = FormOf(type);
        return new KeyPartModel
        {
            Member = member,
            Type = Reach.NameOf(type),
            Form = form,
            Parts = form switch
            {
                KeyForm.Tuple => new([.. ((INamedTypeSymbol)type).TupleElements.Select(element => PartOf(element.Type, element.Name))]),
                KeyForm.Record => new([.. Members((INamedTypeSymbol)type).Select(property => PartOf(property.Type, property.Name))]),
                _ => default,
            },
        };
    }

    private static KeyForm FormOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => KeyForm.Text,
        { SpecialType: SpecialType.System_Boolean } => KeyForm.Truth,
        { SpecialType: SpecialType.System_UInt64 } or { TypeKind: TypeKind.Enum } => KeyForm.Bits,
        { SpecialType: >= SpecialType.System_Char and <= SpecialType.System_Int64 } => KeyForm.Integer,
        { SpecialType: SpecialType.System_DateTime } => KeyForm.Ticks,
        INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 0 } => KeyForm.Tuple,
        INamedTypeSymbol { IsRecord: true, IsValueType: true } record when IsPlain(record) => KeyForm.Record,
        INamedTypeSymbol named => named.ToDisplayString() switch
        {
            "System.TimeSpan" or "System.TimeOnly" => KeyForm.Ticks,
            "System.DateTimeOffset" => KeyForm.UtcTicks,
            "System.DateOnly" => KeyForm.Day,
            "System.Guid" => KeyForm.Guid,
            _ => KeyForm.Opaque,
        },
        _ => KeyForm.Opaque,
    };

    // Equal records must have equal hashes: true of the members if the compiler wrote Equals and they are all that it compares.
    private static bool IsPlain(INamedTypeSymbol record) =>
        record.GetMembers().All(static member => member switch
        {
            IMethodSymbol { Name: "Equals" or "GetHashCode" } method => method.IsImplicitlyDeclared,
            _ => true,
        });

    private static IEnumerable<IPropertySymbol> Members(INamedTypeSymbol record) =>
        record.GetMembers().OfType<IPropertySymbol>().Where(static property =>
            !property.IsStatic && !property.IsIndexer && property.GetMethod is not null && Reach.CanReach(property)
            && property.DeclaringSyntaxReferences.Any(
                reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ParameterSyntax));
}
