using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>A type that a source or sink reads or writes as rows, with the types it is made of; or why that cannot be.</summary>
/// <param name="Kind">The kind of rows.</param>
/// <param name="Root">The records.</param>
/// <param name="Types">The types that need a format: of CSV the root alone, of JSON all that it is made of.</param>
/// <param name="Failure">The first member that rows of this kind cannot hold; then <see cref="Types"/> is empty.</param>
internal sealed record RowModel(RowKind Kind, TypeRefModel Root, EquatableArray<TypeModel> Types, TypeFailureModel? Failure);

/// <summary>The kinds of rows.</summary>
internal enum RowKind
{
    Csv,
    Json,
}
