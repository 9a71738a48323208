using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>A type that a source or sink reads or writes as rows, with the types it is made of; or why that cannot be.</summary>
internal sealed record RowModel
{
    /// <summary>The kind of rows.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>The records.</summary>
    public required TypeRefModel Root { get; init; }

    /// <summary>The types that need a format: of CSV and of columns the root alone, of JSON all that it is made of.</summary>
    public required EquatableArray<TypeModel> Types { get; init; }

    /// <summary>The first member that rows of this kind cannot hold, and then there are no types; null if they can hold all.</summary>
    public required TypeFailureModel? Failure { get; init; }
}

/// <summary>The kinds of rows.</summary>
internal enum RowKind
{
    Csv,
    Json,
    Columns,
}
