namespace Weir.Wire;

/// <summary>Which numbers may become which without a loss, and which of these hash as they did.</summary>
internal static class NumberForms
{
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.Ordinal)
    {
        ["sbyte"] = ["short", "int", "long", "float", "double", "decimal", "Int128", "BigInteger"],
        ["byte"] = ["short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "Int128", "UInt128", "BigInteger"],
        ["short"] = ["int", "long", "float", "double", "decimal", "Int128", "BigInteger"],
        ["ushort"] = ["int", "uint", "long", "ulong", "float", "double", "decimal", "Int128", "UInt128", "BigInteger"],
        ["char"] = ["ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "Int128", "UInt128", "BigInteger"],
        ["int"] = ["long", "double", "decimal", "Int128", "BigInteger"],
        ["uint"] = ["long", "ulong", "double", "decimal", "Int128", "UInt128", "BigInteger"],
        ["long"] = ["decimal", "Int128", "BigInteger"],
        ["ulong"] = ["decimal", "Int128", "UInt128", "BigInteger"],
        ["float"] = ["double"],
    };

    // What hashes as an int does; and what is never negative, so that its 64 bits fold into the same.
    private static readonly HashSet<string> AsInt = new(StringComparer.Ordinal) { "sbyte", "byte", "short", "ushort", "char", "int" };
    private static readonly HashSet<string> NeverNegative = new(StringComparer.Ordinal) { "byte", "ushort", "char", "uint" };
    private static readonly HashSet<string> Folding = new(StringComparer.Ordinal) { "uint", "long", "ulong" };

    /// <summary>Whether every value of one number is a value of the other.</summary>
    public static bool Fits(string then, string now) => Wider.TryGetValue(then, out var wider) && Array.IndexOf(wider, now) >= 0;

    /// <summary>Whether such a value also keeps its stable hash, as one in a key must.</summary>
    public static bool KeepsHash(string then, string now) =>
        (AsInt.Contains(then) && AsInt.Contains(now)) || (NeverNegative.Contains(then) && (Folding.Contains(now) || AsInt.Contains(now)));
}
