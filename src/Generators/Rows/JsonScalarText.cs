using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>The calls that read and write a single JSON value.</summary>
internal static class JsonScalarText
{
    private const string Json = "global::Weir.Runtime.Files.JsonLines.";

    /// <summary>Reads a value of the type without its <c>Nullable</c>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="property">What an error calls it, as C# text.</param>
    /// <param name="epoch">The unit of a time that is a number; null if it is none.</param>
    public static string Read(TypeRefModel type, string property, EpochModel? epoch = null)
    {
        var method = type.IsEnum ? $"Enum<{type.Bare}>" : type.Scalar switch
        {
            ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64
                or ScalarKind.Int128 or ScalarKind.UInt128 => $"Integer<{type.Bare}>",
            _ => type.Scalar.ToString(),
        };
        string[] arguments = epoch is null ? ["ref reader", property] : ["ref reader", property, EpochText.Of(epoch)];
        return $"{Json}JsonValueReader.{method}({string.Join(", ", arguments)})";
    }

    /// <summary>Writes a value of the type without its <c>Nullable</c>.</summary>
    public static string Write(TypeRefModel type, string value, EpochModel? epoch = null)
    {
        string[] arguments = epoch is null ? ["writer", Widened(type, value)] : ["writer", Widened(type, value), EpochText.Of(epoch)];
        return $"{Json}JsonValueWriter.{(type.IsEnum ? "WriteEnum" : "Write")}({string.Join(", ", arguments)})";
    }

    private static string Widened(TypeRefModel type, string value) => type.IsEnum ? value : type.Scalar switch
    {
        ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.UInt32 =>
            $"(long){value}",
        _ => value,
    };
}
