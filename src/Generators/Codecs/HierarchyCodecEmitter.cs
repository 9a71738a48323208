using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Writes the codec class of one closed hierarchy: the name of the value's own type, then the value.</summary>
internal static class HierarchyCodecEmitter
{
    /// <summary>Writes <c>file sealed class ‹name› : Codec&lt;‹type›&gt;</c>.</summary>
    public static void Emit(SourceWriter writer, string className, HierarchyTypeModel type)
    {
        using (writer.Open($"file sealed class {className} : global::Weir.Codec<{type.Name}>"))
        {
            var kind = "global::Weir.SchemaKind.Hierarchy";
            writer.Line($"public override global::Weir.Schema Schema => global::Weir.Schema.Of({CSharpNames.Literal(type.Label)}, {kind}, "
                + "static () =>");
            writer.Line("[");
            foreach (var one in type.Cases)
            {
                writer.Line($"    new({CSharpNames.Literal(one.Name)}, {Codec(one)}.Schema){SchemaText.Initializer(one.FormerNames)},");
            }

            writer.Line($"]){SchemaText.With(type.FormerNames)};");
            writer.Line();
            EmitWrite(writer, type);
            writer.Line();
            EmitRead(writer, type);
            writer.Line();
            Switch(writer, type, $"public override uint StableHash(in {type.Name} value) => value switch", static one =>
                $"global::Weir.StableHash.Combine(global::Weir.StableHash.Of({CSharpNames.Literal(one.Name)}), "
                    + $"{Codec(one)}.StableHash(it))");
            writer.Line();
            Switch(writer, type, $"public override long SizeOf(in {type.Name} value) => value switch", static one =>
                $"{Codec(one)}.SizeOf(it)");
        }
    }

    private static void EmitWrite(SourceWriter writer, HierarchyTypeModel type)
    {
        using (writer.Open($"public override void Write({CodecEmitter.Writer}, in {type.Name} value)"))
        using (writer.Open("switch (value)"))
        {
            writer.Line("case null:").Line("    writer.WriteNil();").Line("    break;");
            foreach (var one in type.Cases)
            {
                writer.Line($"case {one.Type.Name} it:");
                writer.Line("    writer.WriteArrayHeader(2);");
                writer.Line($"    writer.Write({CSharpNames.Literal(one.Name)});");
                writer.Line($"    {Codec(one)}.Write(ref writer, it);");
                writer.Line("    break;");
            }

            writer.Line("default:").Line($"    throw global::Weir.Wire.DerivedValue.Of(value, {CSharpNames.Literal(type.Label)});");
        }
    }

    private static void EmitRead(SourceWriter writer, HierarchyTypeModel type)
    {
        using (writer.Open($"public override {type.Name} Read({CodecEmitter.Reader})"))
        {
            using (writer.Open("if (reader.TryReadNil())"))
            {
                writer.Line("return null;");
            }

            writer.Line();
            writer.Line("global::Weir.Wire.WireReading.ReadArrayOf(ref reader, 2);");
            writer.Line("var name = reader.ReadString();");
            writer.Line("return name switch");
            writer.Line("{");
            foreach (var one in type.Cases)
            {
                writer.Line($"    {CSharpNames.Literal(one.Name)} => ({type.Name}){Codec(one)}.Read(ref reader),");
            }

            writer.Line($"    _ => throw global::Weir.Wire.DerivedValue.Unknown(name, {CSharpNames.Literal(type.Label)}),");
            writer.Line("};");
        }
    }

    private static void Switch(SourceWriter writer, HierarchyTypeModel type, string head, Func<CaseModel, string> answer)
    {
        writer.Line(head).Line("{");
        foreach (var one in type.Cases)
        {
            writer.Line($"    {one.Type.Name} it => {answer(one)},");
        }

        writer.Line("    _ => 0,").Line("};");
    }

    private static string Codec(CaseModel one) => $"global::Weir.Codecs.Of<{one.Type.Name}>()";
}
