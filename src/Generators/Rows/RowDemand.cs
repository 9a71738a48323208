using Microsoft.CodeAnalysis;

namespace Weir.Generators.Rows;

/// <summary>A type that a call reads or writes as rows. Does not leave the parser.</summary>
/// <param name="Type">The records, or a part of a message.</param>
/// <param name="Kind">The kind of rows.</param>
/// <param name="IsSure">Whether the call cannot do without: where it may, only the start of a job can tell.</param>
internal readonly record struct RowDemand(ITypeSymbol Type, RowKind Kind, bool IsSure = true);
