using System.Collections.Immutable;
using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>All row formats of a compilation: each once, in ordinal order of their types' names.</summary>
/// <param name="Csv">Types with a CSV format.</param>
/// <param name="Json">Types with a JSON format.</param>
/// <param name="Items">Single values that are items of JSON arrays and dictionaries, or whole lines.</param>
internal sealed record RowSetModel(EquatableArray<TypeModel> Csv, EquatableArray<TypeModel> Json, EquatableArray<TypeRefModel> Items)
{
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
        return new RowSetModel(
            new(Distinct(found, RowKind.Csv)),
            new([.. json.Where(type => type.Shape switch
            {
                TypeShape.Enum => false,
                TypeShape.Nullable => nameless.Any(item => item.Name == type.Name),
                _ => true,
            })]),
            new([.. scalars]));
    }

    private static IEnumerable<TypeRefModel> ItemsOf(TypeModel type) => type.Shape switch
    {
        TypeShape.Sequence or TypeShape.Set => type.Parts,
        TypeShape.Map => type.Parts.Skip(1),
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
