using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>
/// The expressions that write, read and hash a value: calls of the reader and writer for plain numbers and texts, of its codec for all
/// else.
/// </summary>
internal static class ScalarText
{
    public static string Write(TypeRefModel type, string value) => Inline(type) switch
    {
        ScalarKind.None => $"{Codec(type)}.Write(ref writer, {value})",
        ScalarKind.UInt64 => $"writer.Write((ulong){value})",
        ScalarKind.Boolean or ScalarKind.Single or ScalarKind.Double => $"writer.Write({value})",
        ScalarKind.Text => $"global::Weir.Wire.WireWriting.WriteText(ref writer, {value})",
        _ => $"writer.Write((long){value})",
    };

    public static string Read(TypeRefModel type)
    {
        var cast = type.IsEnum ? $"({type.Name})" : string.Empty;
        return Inline(type) switch
        {
            ScalarKind.Boolean => "reader.ReadBoolean()",
            ScalarKind.Single => "reader.ReadSingle()",
            ScalarKind.Double => "reader.ReadDouble()",
            ScalarKind.Text => "global::Weir.Wire.WireReading.ReadText(ref reader)",
            ScalarKind.Int32 => $"{cast}reader.ReadInt32()",
            ScalarKind.Int64 => $"{cast}reader.ReadInt64()",
            ScalarKind.UInt64 => $"{cast}reader.ReadUInt64()",
            ScalarKind.SByte => Bounded("sbyte"),
            ScalarKind.Byte => Bounded("byte"),
            ScalarKind.Int16 => Bounded("short"),
            ScalarKind.UInt16 => Bounded("ushort"),
            ScalarKind.UInt32 => Bounded("uint"),
            ScalarKind.Char => Bounded("char"),
            _ => $"{Codec(type)}.Read(ref reader)",
        };

        string Bounded(string number) =>
            $"({type.Name})global::Weir.Wire.WireReading.ReadBounded(ref reader, {number}.MinValue, {number}.MaxValue)";
    }

    public static string Hash(TypeRefModel type, string value) => Inline(type) switch
    {
        ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.Char =>
            $"global::Weir.StableHash.Of((int){value})",
        ScalarKind.UInt32 => $"global::Weir.StableHash.Of(unchecked((int){value}))",
        ScalarKind.Int64 => $"global::Weir.StableHash.Of((long){value})",
        ScalarKind.UInt64 => $"global::Weir.StableHash.Of(unchecked((long){value}))",
        _ => $"{Codec(type)}.StableHash({value})",
    };

    /// <summary>The expression for the memory that a value takes; null if it is a plain number.</summary>
    public static string? Size(TypeRefModel type, string value) =>
        Inline(type) is ScalarKind.None or ScalarKind.Text ? $"{Codec(type)}.SizeOf({value})" : null;

    // The kinds that the reader and writer know themselves.
    private static ScalarKind Inline(TypeRefModel type) => type switch
    {
        { IsNullable: true } => ScalarKind.None,
        { Scalar: >= ScalarKind.Boolean and <= ScalarKind.Double or ScalarKind.Text } => type.Scalar,
        _ => ScalarKind.None,
    };

    private static string Codec(TypeRefModel type) => $"global::Weir.Codecs.Of<{type.Name}>()";
}
