using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Says of methods of referenced assemblies, called on an object that other code holds too, which of them leave it as it is.
/// </summary>
/// <remarks>
/// <c>seen.Add(x)</c> and <c>random.Next()</c> answer something, and change what the next call answers. Their bodies are not there to be
/// read: only types that never change, and names that ask, are believed.
/// </remarks>
internal static class OutsideCalls
{
    private static readonly string[] Asking =
    [
        "Get", "Contains", "TryGetValue", "IndexOf", "LastIndexOf", "Find", "Exists", "TrueForAll", "To", "Is", "Equals", "Compare",
        "BinarySearch", "AsSpan", "Matches", "Match", "Format",
    ];

    public static bool OnlyAsk(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Length > 0
        || method.ContainingType is not { IsReferenceType: true } type
        || type.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Array
        || type.ContainingNamespace.ToDisplayString() is "System.Collections.Immutable" or "System.Collections.Frozen" or "System.Linq"
        || (type.Name != "Random" && !method.Name.Contains("OrAdd")
            && Asking.Any(name => method.Name.StartsWith(name, StringComparison.Ordinal)));
}
