using System.Collections.Immutable;

namespace Weir.RocksDbState.Snapshots;

/// <summary>A state in the files of a checkpoint.</summary>
/// <param name="Part">Its position among the parts of the operator's keyed state.</param>
/// <param name="Name">The name of its column.</param>
/// <param name="IsCanonical">Whether its keys are stored by their bytes alone.</param>
/// <param name="Namespaces">Its namespaces.</param>
internal sealed record StoredColumn(int Part, string Name, bool IsCanonical, ImmutableArray<StoredNamespace> Namespaces);

/// <summary>A namespace in the files of a checkpoint.</summary>
/// <param name="Prefix">What its keys begin with.</param>
/// <param name="Count">The number of its keys.</param>
internal sealed record StoredNamespace(byte[] Prefix, int Count);
