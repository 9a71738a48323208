using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>The calls that read and write a single JSON value.</summary>
internal static class JsonScalarText
{
    private const string Json = "global::Weir.Runtime.Files.JsonLines.";

    /// <summary>Reads a value of the type without its <c>Nullable</c>.</summary>
    public static string Read(TypeRefModel type, string property)
    {
        var method = type.IsEnum ? $"Enum<{type.Bare}>" : type.Scalar switch
        {
            ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64
                or ScalarKind.Int128 or ScalarKind.UInt128 => $"Integer<{type.Bare}>",
            _ => type.Scalar.ToString(),
        };
        return $"{Json}JsonValueReader.{method}(ref reader, {property})";
    }

    public static string Write(TypeRefModel type, string value) =>
        $"{Json}JsonValueWriter.{(type.IsEnum ? "WriteEnum" : "Write")}(writer, {Widened(type)}{value})";

    private static string Widened(TypeRefModel type) => type.IsEnum ? string.Empty : type.Scalar switch
    {
        ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.UInt32 => "(long)",
        _ => string.Empty,
    };
}
