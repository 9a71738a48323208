namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A key and how a table tells keys apart. The texts hold <see cref="Placeholder"/>s: for a key and the seed, and for two keys.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Hash">Spreads it over a table; empty if its codec must.</param>
/// <param name="AreEqual">Compares two.</param>
/// <param name="CanBeNull">Whether a record may come without one.</param>
internal sealed record KeyModel(string Type, string Hash, string AreEqual, bool CanBeNull);
