using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1002: everything that draws a value. Generators with a seed are no part of it.</summary>
internal static class RandomnessFamily
{
    public const string Cure = "derive it from the record";

    private const string Cryptography = "System.Security.Cryptography";

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.Random" => use.Name == "Shared" || (use.IsConstructor && use.Parameters.Length == 0),
        "System.Guid" => use.Name is "NewGuid" or "CreateVersion7",
        "System.IO.Path" => use.Name is "GetRandomFileName" or "GetTempFileName",
        "System.Linq.Enumerable" => use.Name == "Shuffle",
        _ => use.IsOf($"{Cryptography}.RandomNumberGenerator")
            ? !use.IsConstructor && use.Name != "Dispose"
            : use.IsUnder(Cryptography) && (MakesKey(use) || DrawsKey(use) || use.Name.StartsWith("Generate", StringComparison.Ordinal)),
    };

    /// <summary>Whether a type draws values in a sequence, so that who shares one has hidden state.</summary>
    public static bool IsGenerator(ITypeSymbol? type) => MemberUse.Is(type, "System.Random");

    private static bool DrawsKey(MemberUse use) =>
        use is { IsConstructor: true, Parameters.Length: 0 }
        && (use.IsOf($"{Cryptography}.HMAC") || use.IsOf($"{Cryptography}.AsymmetricAlgorithm")
            || use.IsOf($"{Cryptography}.SymmetricAlgorithm"));

    // A pair of keys that is not read from anywhere is drawn.
    private static bool MakesKey(MemberUse use) =>
        use is { Name: "Create", Member: IMethodSymbol { IsStatic: true } }
        && use.Parameters.All(static parameter => parameter.Type.SpecialType == SpecialType.System_Int32)
        && (use.IsOf($"{Cryptography}.AsymmetricAlgorithm") || use.IsOf($"{Cryptography}.SymmetricAlgorithm"));
}
