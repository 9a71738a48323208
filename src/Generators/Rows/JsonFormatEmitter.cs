using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>Writes the JSON format of one object.</summary>
internal static class JsonFormatEmitter
{
    private const string JsonRows = "global::Weir.Runtime.Files.JsonLines.";
    private const string Json = "global::System.Text.Json.";

    public static void Emit(SourceWriter writer, string className, TypeModel type)
    {
        using (writer.Open($"file sealed class {className} : {JsonRows}JsonFormat<{type.Name}>"))
        {
            for (var i = 0; i < type.Members.Count; i++)
            {
                writer.Line($"private static readonly {Json}JsonEncodedText Name{i} = {Json}JsonEncodedText.Encode({CSharpNames.Literal(type.Members[i].RowName)});");
            }

            if (type.Members.Count > 0)
            {
                writer.Line();
            }

            EmitRead(writer, type);
            writer.Line();
            EmitWrite(writer, type);
        }
    }

    private static void EmitRead(SourceWriter writer, TypeModel type)
    {
        using (writer.Open($"public override {type.Name} Read(ref {Json}Utf8JsonReader reader)"))
        {
            writer.Line($"{JsonRows}JsonValueReader.StartObject(ref reader, {CSharpNames.Literal(type.Label)});");
            for (var i = 0; i < type.Members.Count; i++)
            {
                var member = type.Members[i];
                writer.Line($"{member.Type.Name} member{i} = default;");
                if (!member.IsOptional)
                {
                    writer.Line($"var has{i} = false;");
                }
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
                        writer.Line($"throw {JsonRows}JsonValueReader.Missing({CSharpNames.Literal(type.Label)}, {CSharpNames.Literal(type.Members[i].RowName)});");
                    }

                    writer.Line();
                }
            }

            ConstructionText.Emit(writer, type);
        }
    }

    private static void EmitProperties(SourceWriter writer, TypeModel type)
    {
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            using (writer.Open($"{(i == 0 ? "if" : "else if")} ({Matches(member)})"))
            {
                writer.Line("reader.Read();");
                writer.Line($"member{i} = {Value(member)};");
                if (!member.IsOptional)
                {
                    writer.Line($"has{i} = true;");
                }
            }
        }

        if (type.Members.Count == 0)
        {
            writer.Line("reader.Skip();");
            return;
        }

        using (writer.Open("else"))
        {
            writer.Line("reader.Skip();");
        }
    }

    // Written in camel case, but read as the member is called too.
    private static string Matches(MemberModel member)
    {
        var match = $"reader.ValueTextEquals({CSharpNames.Literal(member.RowName)}u8)";
        return member.RowName == member.Name || member.Column is not null ? match : $"{match} || reader.ValueTextEquals({CSharpNames.Literal(member.Name)}u8)";
    }

    private static string Value(MemberModel member)
    {
        var read = member.Type.Scalar != ScalarKind.None
            ? JsonScalarText.Read(member.Type, CSharpNames.Literal(member.RowName))
            : $"{JsonRows}JsonFormats.Of<{member.Type.Bare}>().Read(ref reader)";
        return !member.IsOptional ? read : $"{JsonRows}JsonValueReader.IsNull(ref reader) ? ({member.Type.Name})null : {read}";
    }

    private static void EmitWrite(SourceWriter writer, TypeModel type)
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
                    using (writer.Open($"if (value.{member.Access} is null)"))
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
        var value = member.Type.IsNullable ? $"value.{member.Access}.GetValueOrDefault()" : $"value.{member.Access}";
        return member.Type.Scalar != ScalarKind.None
            ? JsonScalarText.Write(member.Type, value)
            : $"{JsonRows}JsonFormats.Of<{member.Type.Bare}>().Write(writer, {value})";
    }
}
