using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>The types of other assemblies that come back from their bytes as they were: each has a test.</summary>
internal static class FrameworkTypes
{
    private static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal)
    {
        "System.Half", "System.Text.Rune", "System.Index", "System.Range", "System.Version", "System.Uri", "System.Numerics.Complex",
        "System.Collections.BitArray", "System.Net.IPAddress",
    };

    // What their public members are is all that they hold.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.KeyValuePair", "System.Tuple", "System.ValueTuple", "System.Numerics.Vector2",
        "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Quaternion", "Weir.TimeWindow",
        "Weir.FailedRecord",
    };

    /// <summary>Whether the runtime has a codec for it.</summary>
    public static bool HaveCodec(ITypeSymbol type) => BuiltIn.Contains(TypeNames.Definition(type));

    /// <summary>Whether a codec can be generated for it although its source is not at hand.</summary>
    public static bool ArePlain(ITypeSymbol type) => Plain.Contains(TypeNames.Definition(type));
}
