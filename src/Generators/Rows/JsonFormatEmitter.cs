using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>Writes the JSON format of one object.</summary>
internal static class JsonFormatEmitter
{
    private const string JsonRows = "global::Weir.Runtime.Files.JsonLines.";
    private const string Json = "global::System.Text.Json.";

    public static void Emit(SourceWriter writer, string className, ObjectTypeModel type)
    {
        using (writer.Open($"file sealed class {className} : {JsonRows}JsonFormat<{type.Name}>"))
        {
            for (var i = 0; i < type.Members.Count; i++)
            {
                writer.Line($"private static readonly {Json}JsonEncodedText Name{i} = "
                    + $"{Json}JsonEncodedText.Encode({CSharpNames.Literal(type.Members[i].RowName)});");
            }

            if (type.Members.Count > 0)
            {
                var names = string.Join(", ", type.Members.Select(static member => CSharpNames.Literal(member.RowName)));
                writer.Line($"private static readonly {JsonRows}JsonProperties Properties = new({names});");
                writer.Line();
            }

            EmitRead(writer, type);
            writer.Line();
            EmitWrite(writer, type);
        }
    }

    private static void EmitRead(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override {type.Name} Read(ref {Json}Utf8JsonReader reader)"))
        {
            writer.Line($"{JsonRows}JsonValueReader.StartObject(ref reader, {CSharpNames.Literal(type.Label)});");
            for (var i = 0; i < type.Members.Count; i++)
            {
                var member = type.Members[i];
                writer.Line($"{member.Type.Name} member{i} = default;");
                writer.Line($"var has{i} = false;");
            }

            if (type.Members.Count > 0)
            {
                writer.Line("var property = -1;");
            }

            using (writer.Open($"while (reader.Read() && reader.TokenType == {Json}JsonTokenType.PropertyName)"))
            {
                EmitProperties(writer, type);
            }

            writer.Line();
            for (var i = 0; i < type.Members.Count; i++)
            {
                if (!type.Members[i].IsOptional)
                {
                    using (writer.Open($"if (!has{i})"))
                    {
                        writer.Line($"throw {JsonRows}JsonValueReader.Missing({CSharpNames.Literal(type.Label)}, "
                            + $"{CSharpNames.Literal(type.Members[i].RowName)});");
                    }

                    writer.Line();
                }
            }

            ConstructionText.Emit(writer, type);
        }
    }

    // Most objects hold their properties in the order in which Weir writes them: the next one is tried first.
    private static void EmitProperties(SourceWriter writer, ObjectTypeModel type)
    {
        if (type.Members.Count == 0)
        {
            writer.Line("reader.Skip();");
            return;
        }

        writer.Line("property = Properties.Find(ref reader, property + 1);");
        using (writer.Open("switch (property)"))
        {
            for (var i = 0; i < type.Members.Count; i++)
            {
                using (writer.Open($"case {i}:"))
                {
                    EmitProperty(writer, type, i);
                }

                writer.Line();
            }

            using (writer.Open("default:"))
            {
                writer.Line("reader.Skip();");
                writer.Line("break;");
            }
        }
    }

    private static void EmitProperty(SourceWriter writer, ObjectTypeModel type, int index)
    {
        var member = type.Members[index];
        using (writer.Open($"if (has{index})"))
        {
            var names = $"{CSharpNames.Literal(type.Label)}, {CSharpNames.Literal(member.RowName)}";
            writer.Line($"throw {JsonRows}JsonValueReader.Duplicate({names});");
        }

        writer.Line();
        writer.Line("reader.Read();");
        writer.Line($"member{index} = {Value(member)};");
        writer.Line($"has{index} = true;");
        writer.Line("break;");
    }

    private static string Value(MemberModel member)
    {
        var read = member.Type.Scalar != ScalarKind.None
            ? JsonScalarText.Read(member.Type, CSharpNames.Literal(member.RowName), member.Epoch)
            : $"{JsonRows}JsonFormats.Of<{member.Type.Bare}>().Read(ref reader)";
        return !member.IsOptional ? read : $"{JsonRows}JsonValueReader.IsNull(ref reader) ? ({member.Type.Name})null : {read}";
    }

    private static void EmitWrite(SourceWriter writer, ObjectTypeModel type)
    {
        using (writer.Open($"public override void Write({Json}Utf8JsonWriter writer, in {type.Name} value)"))
        {
            writer.Line("writer.WriteStartObject();");
            for (var i = 0; i < type.Members.Count; i++)
            {
                var member = type.Members[i];
                writer.Line($"writer.WritePropertyName(Name{i});");
                if (WritesNull(member))
                {
                    using (writer.Open($"if (value.{CSharpNames.Escape(member.Name)} is null)"))
                    {
                        writer.Line("writer.WriteNullValue();");
                    }

                    using (writer.Open("else"))
                    {
                        writer.Line($"{WriteValue(member)};");
                    }

                    writer.Line();
                }
                else
                {
                    writer.Line($"{WriteValue(member)};");
                }
            }

            writer.Line("writer.WriteEndObject();");
        }
    }

    // Texts and bytes write null by themselves.
    private static bool WritesNull(MemberModel member) =>
        member.Type.IsNullable || (!member.Type.IsValueType && member.Type.Scalar == ScalarKind.None);

    private static string WriteValue(MemberModel member)
    {
        var kept = $"value.{CSharpNames.Escape(member.Name)}";
        var value = member.Type.IsNullable ? $"{kept}.GetValueOrDefault()" : kept;
        return member.Type.Scalar != ScalarKind.None
            ? JsonScalarText.Write(member.Type, value, member.Epoch)
            : $"{JsonRows}JsonFormats.Of<{member.Type.Bare}>().Write(writer, {value})";
    }
}
