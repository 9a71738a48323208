using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>The calls that read and write a single JSON value.</summary>
internal static class JsonScalarText
{
    private const string Json = "global::Weir.Runtime.Files.JsonLines.";

    /// <summary>Reads a value of the type without its <c>Nullable</c>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="property">What an error calls it, as C# text.</param>
    /// <param name="epoch">The unit of a time that is a number, as C# text; null if it is none.</param>
    public static string Read(TypeRefModel type, string property, string? epoch = null)
    {
        var method = type.IsEnum ? $"Enum<{type.Bare}>" : type.Scalar switch
        {
            ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64
                or ScalarKind.Int128 or ScalarKind.UInt128 => $"Integer<{type.Bare}>",
            _ => type.Scalar.ToString(),
        };
        return $"{Json}JsonValueReader.{method}(ref reader, {property}{Unit(epoch)})";
    }

    /// <summary>Writes a value of the type without its <c>Nullable</c>.</summary>
    public static string Write(TypeRefModel type, string value, string? epoch = null) =>
        $"{Json}JsonValueWriter.{(type.IsEnum ? "WriteEnum" : "Write")}(writer, {Widened(type)}{value}{Unit(epoch)})";

    private static string Unit(string? epoch) => epoch is null ? string.Empty : $", {epoch}";

    private static string Widened(TypeRefModel type) => type.IsEnum ? string.Empty : type.Scalar switch
    {
        ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.UInt32 => "(long)",
        _ => string.Empty,
    };
}
