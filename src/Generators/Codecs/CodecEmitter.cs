using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Writes the codec class of one enum or object.</summary>
/// <remarks>
/// Other generators use it for types that they invent, which no symbol stands for: describe the type by <see cref="TypeModel.Object"/>
/// with members whose types come from <see cref="TypeNames.Reference"/>, write the class into the same file as the type, and register it
/// with
/// <c>global::Weir.Codecs.Register(new ‹class›())</c> before it is asked for. Members of other than built-in types find their codecs
/// at run time, so the <see cref="TypeParser"/> closure of each such member belongs into the compilation's codecs.
/// </remarks>
internal static class CodecEmitter
{
    /// <summary>Writes <c>file sealed class ‹name› : Codec&lt;‹type›&gt;</c>.</summary>
    public static void Emit(SourceWriter writer, string className, TypeModel type)
    {
        using (writer.Open($"file sealed class {className} : global::Weir.Codec<{type.Name}>"))
        {
            if (type.Shape == TypeShape.Enum)
            {
                EmitEnum(writer, type);
                return;
            }

            EmitSchema(writer, type);
            writer.Line();
            EmitWrite(writer, type);
            writer.Line();
            EmitRead(writer, type);
            if (type.Members.Count > 0)
            {
                writer.Line();
                EmitHash(writer, type);
                writer.Line();
                EmitSize(writer, type);
            }
        }
    }

    // What is counted needs no loop and no call but for texts and what other codecs know.
    private static void EmitSize(SourceWriter writer, TypeModel type)
    {
        var sizes = type.Members.Select(static member => ScalarText.Size(member.Type, $"value.{member.Access}")).ToList();
        var flat = (type.Type.IsValueType ? 0 : 16) + (8 * sizes.Count(static size => size is null));
        var text = string.Join(" + ", sizes.OfType<string>().Prepend($"{flat}L"));
        writer.Line(type.Type.IsValueType
            ? $"public override long SizeOf(in {type.Name} value) => {text};"
            : $"public override long SizeOf(in {type.Name} value) => value is null ? 0 : {text};");
    }

    private static void EmitEnum(SourceWriter writer, TypeModel type)
    {
        var number = type.Parts[0].Name;
        writer.Line(
            $"public override global::Weir.Schema Schema {{ get; }} = new({CSharpNames.Literal(type.Label)}, [new(\"number\", global::Weir.Codecs.Of<{number}>().Schema)]);");
        writer.Line();
        writer.Line($"public override void Write(ref global::MessagePack.MessagePackWriter writer, in {type.Name} value) => {ScalarText.Write(type.Type, "value")};");
        writer.Line();
        writer.Line($"public override {type.Name} Read(ref global::MessagePack.MessagePackReader reader) => {ScalarText.Read(type.Type)};");
        writer.Line();
        writer.Line($"public override uint StableHash(in {type.Name} value) => {ScalarText.Hash(type.Type, "value")};");
    }

    private static void EmitSchema(SourceWriter writer, TypeModel type)
    {
        // Tuples share their name, and cannot contain themselves but through a type that has one.
        var head = type.IsTuple ? $"new({CSharpNames.Literal(type.Label)},"
            : $"global::Weir.Schema.Of({CSharpNames.Literal(type.Label)}, static () =>";
        writer.Line($"public override global::Weir.Schema Schema => {head}");
        writer.Line("[");
        foreach (var member in type.Members)
        {
            writer.Line($"    new({CSharpNames.Literal(member.Name)}, global::Weir.Codecs.Of<{member.Type.Name}>().Schema),");
        }

        writer.Line("]);");
    }

    private static void EmitWrite(SourceWriter writer, TypeModel type)
    {
        using (writer.Open($"public override void Write(ref global::MessagePack.MessagePackWriter writer, in {type.Name} value)"))
        {
            if (!type.Type.IsValueType)
            {
                using (writer.Open("if (value is null)"))
                {
                    writer.Line("writer.WriteNil();").Line("return;");
                }

                writer.Line();
            }

            if (!type.IsSealed)
            {
                using (writer.Open($"if (value.GetType() != typeof({type.Name}))"))
                {
                    writer.Line($"throw global::Weir.Wire.DerivedValue.Of(value, {CSharpNames.Literal(type.Label)});");
                }

                writer.Line();
            }

            writer.Line($"writer.WriteArrayHeader({type.Members.Count});");
            foreach (var member in type.Members)
            {
                writer.Line($"{ScalarText.Write(member.Type, $"value.{member.Access}")};");
            }
        }
    }

    private static void EmitRead(SourceWriter writer, TypeModel type)
    {
        using (writer.Open($"public override {type.Name} Read(ref global::MessagePack.MessagePackReader reader)"))
        {
            if (!type.Type.IsValueType)
            {
                using (writer.Open("if (reader.TryReadNil())"))
                {
                    writer.Line("return null;");
                }

                writer.Line();
            }

            writer.Line($"global::Weir.Wire.WireReading.ReadMembersOf(ref reader, {type.Members.Count}, "
                + $"{CSharpNames.Literal(type.Label)});");
            for (var i = 0; i < type.Members.Count; i++)
            {
                writer.Line($"var member{i} = {ScalarText.Read(type.Members[i].Type)};");
            }

            ConstructionText.Emit(writer, type);
        }
    }

    private static void EmitHash(SourceWriter writer, TypeModel type)
    {
        using (writer.Open($"public override uint StableHash(in {type.Name} value)"))
        {
            if (!type.Type.IsValueType)
            {
                using (writer.Open("if (value is null)"))
                {
                    writer.Line("return 0;");
                }

                writer.Line();
            }

            writer.Line($"var hash = {ScalarText.Hash(type.Members[0].Type, $"value.{type.Members[0].Access}")};");
            foreach (var member in type.Members.Skip(1))
            {
                writer.Line($"hash = global::Weir.StableHash.Combine(hash, {ScalarText.Hash(member.Type, $"value.{member.Access}")});");
            }

            writer.Line("return hash;");
        }
    }
}
