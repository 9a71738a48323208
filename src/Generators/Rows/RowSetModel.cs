using System.Collections.Immutable;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>All row formats of a compilation: each once, in ordinal order of their types' names.</summary>
internal sealed record RowSetModel
{
    /// <summary>Types with a CSV format.</summary>
    public required EquatableArray<ObjectTypeModel> Csv { get; init; }

    /// <summary>Types whose members are columns of a table.</summary>
    public required EquatableArray<ObjectTypeModel> Columns { get; init; }

    /// <summary>Types with a JSON format.</summary>
    public required EquatableArray<TypeModel> Json { get; init; }

    /// <summary>Single values that are items of JSON arrays and dictionaries, or whole lines.</summary>
    public required EquatableArray<TypeRefModel> Items { get; init; }

    public static RowSetModel Of(ImmutableArray<RowModel> found)
    {
        var json = Distinct(found, RowKind.Json);

        // What has a property of its own is read where it stands: only the rest needs a format to be found by.
        var nameless = json.SelectMany(ItemsOf)
            .Concat(found.Where(static row => row.Kind == RowKind.Json && row.Failure is null).Select(static row => row.Root))
            .ToArray();
        var scalars = nameless
            .Where(static type => type.Scalar != ScalarKind.None)
            .Select(static type => type.IsNullable ? type with { Name = type.Bare, IsNullable = false } : type)
            .GroupBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static type => type.Name, StringComparer.Ordinal);
        return new RowSetModel
        {
            Csv = new([.. Distinct(found, RowKind.Csv).OfType<ObjectTypeModel>()]),
            Columns = new([.. Distinct(found, RowKind.Columns).OfType<ObjectTypeModel>()]),
            Json = new([.. json.Where(type => type switch
            {
                EnumTypeModel => false,
                NullableTypeModel => nameless.Any(item => item.Name == type.Name),
                _ => true,
            })]),
            Items = new([.. scalars]),
        };
    }

    private static IEnumerable<TypeRefModel> ItemsOf(TypeModel type) => type switch
    {
        SequenceTypeModel list => [list.Item],
        SetTypeModel set => [set.Item],
        MapTypeModel map => [map.Value],
        _ => [],
    };

    private static TypeModel[] Distinct(ImmutableArray<RowModel> found, RowKind kind) =>
        [.. found
            .Where(row => row.Kind == kind)
            .SelectMany(static row => row.Types)
            .GroupBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static type => type.Name, StringComparer.Ordinal)];
}
