using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Writes the codec class of one enum or object.</summary>
/// <remarks>
/// Other generators use it for types that they invent, which no symbol stands for: describe the type by an <see cref="ObjectTypeModel"/>
/// with members whose types come from <see cref="TypeNames.Reference"/>, write the class into the same file as the type, and register it
/// with
/// <c>global::Weir.Codecs.RegisterGenerated(new ‹class›())</c> before it is asked for. Members of other than built-in types find their
/// codecs at run time, so the <see cref="TypeParser"/> closure of each such member belongs into the compilation's codecs.
/// </remarks>
internal static class CodecEmitter
{
    /// <summary>What codecs write to.</summary>
    public const string Writer = "ref global::MessagePack.MessagePackWriter writer";

    /// <summary>What codecs read from.</summary>
    public const string Reader = "ref global::MessagePack.MessagePackReader reader";

    private const string Depth = "global::Weir.Wire.WireDepth";

    /// <summary>Writes <c>file sealed class ‹name› : Codec&lt;‹type›&gt;</c>.</summary>
    public static void Emit(SourceWriter writer, string className, EnumTypeModel type)
    {
        var (name, label) = (type.Name, CSharpNames.Literal(type.Label));
        using (writer.Open($"file sealed class {className} : global::Weir.Codec<{name}>"))
        {
            writer.Line($"public override global::Weir.Schema Schema {{ get; }} = new({label},");
            writer.Line("[");
            writer.Line($"    new(\"number\", global::Weir.Codecs.Of<{type.Number.Name}>().Schema),");
            foreach (var one in type.Names)
            {
                var (member, number) = (CSharpNames.Literal(one.Name), CSharpNames.Literal(one.Number));
                writer.Line($"    new({member}, global::Weir.Schema.Of({number})){SchemaText.Initializer(one.FormerNames)},");
            }

            writer.Line($"]) {{ Kind = global::Weir.SchemaKind.Enum{SchemaText.Also(type.FormerNames)} }};");
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
            EmitCodecs(writer, type);
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

    // Codecs of the user's own, for single members.
    private static void EmitCodecs(SourceWriter writer, ObjectTypeModel type)
    {
        for (var i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i].Codec is { } codec)
            {
                writer.Line($"private static readonly {codec} {CodecOf(type, i)} = new();").Line();
            }
        }
    }

    // What is counted needs no loop and no call but for texts and what other codecs know.
    private static void EmitSize(SourceWriter writer, ObjectTypeModel type)
    {
        var sizes = Each(type, static (codec, member) =>
            codec is null ? ScalarText.Size(member.Type, Value(member)) : $"{codec}.SizeOf({Value(member)})");
        var flat = (type.Type.IsValueType ? 0 : 16) + (8 * sizes.Count(static size => size is null));
        var text = string.Join(" + ", sizes.OfType<string>().Prepend($"{flat}L"));
        var head = $"public override long SizeOf(in {type.Name} value)";
        if (!type.IsRecursive)
        {
            writer.Line(type.Type.IsValueType ? $"{head} => {text};" : $"{head} => value is null ? 0 : {text};");
            return;
        }

        using (writer.Open(head))
        {
            Null(writer, type, "return 0;");
            Bounded(writer, type, "Enter", () => writer.Line($"return {text};"));
        }
    }

    private static void EmitSchema(SourceWriter writer, ObjectTypeModel type)
    {
        // Tuples share their name, and cannot contain themselves but through a type that has one.
        var label = CSharpNames.Literal(type.Label);
        writer.Line(type.IsTuple ? $"public override global::Weir.Schema Schema => new({label},"
            : $"public override global::Weir.Schema Schema => global::Weir.Schema.Of({label}, static () =>");
        writer.Line("[");
        foreach (var member in Each(type, static (codec, member) => SchemaText.Member(member, codec)))
        {
            writer.Line($"    {member},");
        }

        writer.Line(type.IsTuple ? "]) { Kind = global::Weir.SchemaKind.Object };" : $"]){SchemaText.With(type.FormerNames)};");
    }

    private static void EmitWrite(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override void Write({Writer}, in {type.Name} value)"))
        {
            Null(writer, type, "writer.WriteNil();", "return;");
            if (!type.IsSealed)
            {
                using (writer.Open($"if (value.GetType() != typeof({type.Name}))"))
                {
                    writer.Line($"throw global::Weir.Wire.DerivedValue.Of(value, {CSharpNames.Literal(type.Label)});");
                }

                writer.Line();
            }

            Bounded(writer, type, "Enter", () =>
            {
                writer.Line($"writer.WriteArrayHeader({type.Members.Count});");
                foreach (var member in Each(type, static (codec, member) => codec is null
                    ? ScalarText.Write(member.Type, Value(member)) : $"{codec}.Write(ref writer, {Value(member)})"))
                {
                    writer.Line($"{member};");
                }
            });
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

            Bounded(writer, type, "EnterReading", () =>
            {
                writer.Line($"global::Weir.Wire.WireReading.ReadMembersOf(ref reader, {type.Members.Count}, "
                    + $"{CSharpNames.Literal(type.Label)});");
                for (var i = 0; i < type.Members.Count; i++)
                {
                    var member = type.Members[i];
                    var read = member.Codec is null ? ScalarText.Read(member.Type) : $"{CodecOf(type, i)}.Read(ref reader)";
                    writer.Line($"var member{i} = {read};");
                }

                ConstructionText.Emit(writer, type);
            });
        }
    }

    private static void EmitHash(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override uint StableHash(in {type.Name} value)"))
        {
            Null(writer, type, "return 0;");
            Bounded(writer, type, "Enter", () =>
            {
                var hashes = Each(type, static (codec, member) =>
                    codec is null ? ScalarText.Hash(member.Type, Value(member)) : $"{codec}.StableHash({Value(member)})");
                writer.Line($"var hash = {hashes[0]};");
                foreach (var hash in hashes.Skip(1))
                {
                    writer.Line($"hash = global::Weir.StableHash.Combine(hash, {hash});");
                }

                writer.Line("return hash;");
            });
        }
    }

    private static void Null(SourceWriter writer, ObjectTypeModel type, params string[] statements)
    {
        if (type.Type.IsValueType)
        {
            return;
        }

        using (writer.Open("if (value is null)"))
        {
            foreach (var statement in statements)
            {
                writer.Line(statement);
            }
        }

        writer.Line();
    }

    // What contains others of its kind says how deep it is.
    private static void Bounded(SourceWriter writer, ObjectTypeModel type, string enter, Action body)
    {
        if (!type.IsRecursive)
        {
            body();
            return;
        }

        writer.Line($"{Depth}.{enter}({CSharpNames.Literal(type.Label)});");
        using (writer.Open("try"))
        {
            body();
        }

        using (writer.Open("finally"))
        {
            writer.Line($"{Depth}.Leave();");
        }
    }

    private static TResult[] Each<TResult>(ObjectTypeModel type, Func<string?, MemberModel, TResult> text) =>
        [.. type.Members.Select((member, i) => text(member.Codec is null ? null : CodecOf(type, i), member))];

    private static string CodecOf(ObjectTypeModel type, int member) => $"{type.Members[member].Name}Codec";

    private static string Value(MemberModel member) => $"value.{CSharpNames.Escape(member.Name)}";
}
