using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Writes the codec class of one enum or object.</summary>
/// <remarks>
/// Other generators use it for types that they invent, which no symbol stands for: describe the type by an <see cref="ObjectTypeModel"/>
/// with members whose types come from <see cref="TypeNames.Reference"/>, write the class into the same file as the type, and register it
/// with
/// <c>global::Weir.Codecs.Register(new ‹class›())</c> before it is asked for. Members of other than built-in types find their codecs
/// at run time, so the <see cref="TypeParser"/> closure of each such member belongs into the compilation's codecs.
/// </remarks>
internal static class CodecEmitter
{
    private const string Writer = "ref global::MessagePack.MessagePackWriter writer";
    private const string Reader = "ref global::MessagePack.MessagePackReader reader";

    /// <summary>Writes <c>file sealed class ‹name› : Codec&lt;‹type›&gt;</c>.</summary>
    public static void Emit(SourceWriter writer, string className, EnumTypeModel type)
    {
        var (name, label) = (type.Name, CSharpNames.Literal(type.Label));
        using (writer.Open($"file sealed class {className} : global::Weir.Codec<{name}>"))
        {
            var number = $"new(\"number\", global::Weir.Codecs.Of<{type.Number.Name}>().Schema)";
            writer.Line($"public override global::Weir.Schema Schema {{ get; }} = new({label}, [{number}]);");
            writer.Line();
            writer.Line($"public override void Write({Writer}, in {name} value) => {ScalarText.Write(type.Type, "value")};");
            writer.Line();
            writer.Line($"public override {name} Read({Reader}) => {ScalarText.Read(type.Type)};");
            writer.Line();
            writer.Line($"public override uint StableHash(in {name} value) => {ScalarText.Hash(type.Type, "value")};");
        }
    }

    /// <summary>Writes <c>file sealed class ‹name› : Codec&lt;‹type›&gt;</c>.</summary>
    public static void Emit(SourceWriter writer, string className, ObjectTypeModel type)
    {
        using (writer.Open($"file sealed class {className} : global::Weir.Codec<{type.Name}>"))
        {
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
    private static void EmitSize(SourceWriter writer, ObjectTypeModel type)
    {
        var sizes = type.Members.Select(static member => ScalarText.Size(member.Type, Value(member))).ToList();
        var flat = (type.Type.IsValueType ? 0 : 16) + (8 * sizes.Count(static size => size is null));
        var text = string.Join(" + ", sizes.OfType<string>().Prepend($"{flat}L"));
        writer.Line(type.Type.IsValueType
            ? $"public override long SizeOf(in {type.Name} value) => {text};"
            : $"public override long SizeOf(in {type.Name} value) => value is null ? 0 : {text};");
    }

    private static void EmitSchema(SourceWriter writer, ObjectTypeModel type)
    {
        // Tuples share their name, and cannot contain themselves but through a type that has one.
        var label = CSharpNames.Literal(type.Label);
        writer.Line(type.IsTuple ? $"public override global::Weir.Schema Schema => new({label},"
            : $"public override global::Weir.Schema Schema => global::Weir.Schema.Of({label}, static () =>");
        writer.Line("[");
        foreach (var member in type.Members)
        {
            writer.Line($"    new({CSharpNames.Literal(member.Name)}, global::Weir.Codecs.Of<{member.Type.Name}>().Schema),");
        }

        writer.Line("]);");
    }

    private static void EmitWrite(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override void Write({Writer}, in {type.Name} value)"))
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
                writer.Line($"{ScalarText.Write(member.Type, Value(member))};");
            }
        }
    }

    private static void EmitRead(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override {type.Name} Read({Reader})"))
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

    private static void EmitHash(SourceWriter writer, ObjectTypeModel type)
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

            writer.Line($"var hash = {ScalarText.Hash(type.Members[0].Type, Value(type.Members[0]))};");
            foreach (var member in type.Members.Skip(1))
            {
                writer.Line($"hash = global::Weir.StableHash.Combine(hash, {ScalarText.Hash(member.Type, Value(member))});");
            }

            writer.Line("return hash;");
        }
    }

    private static string Value(MemberModel member) => $"value.{CSharpNames.Escape(member.Name)}";
}
