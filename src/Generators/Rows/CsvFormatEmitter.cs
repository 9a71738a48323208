using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>Writes the CSV format of one type.</summary>
internal static class CsvFormatEmitter
{
    private const string Csv = "global::Weir.Runtime.Files.Csv.";

    public static void Emit(SourceWriter writer, string className, ObjectTypeModel type)
    {
        using (writer.Open($"file sealed class {className} : {Csv}CsvFormat<{type.Name}>"))
        {
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Csv}CsvColumn> Columns {{ get; }} =");
            writer.Line("[");
            foreach (var member in type.Members)
            {
                writer.Line($"    new({CSharpNames.Literal(member.RowName)}, IsRequired: {(member.IsOptional ? "false" : "true")}),");
            }

            writer.Line("];").Line();
            using (writer.Open($"public override {type.Name} Read(ref {Csv}CsvRow row)"))
            {
                for (var i = 0; i < type.Members.Count; i++)
                {
                    writer.Line($"var member{i} = {Read(type.Members[i], i)};");
                }

                ConstructionText.Emit(writer, type);
            }

            writer.Line();
            using (writer.Open($"public override void Write(ref {Csv}CsvRowWriter writer, in {type.Name} value)"))
            {
                foreach (var member in type.Members)
                {
                    EmitWrite(writer, member);
                }
            }
        }
    }

    private static string Read(MemberModel member, int column) => member switch
    {
        { Type.IsNullable: true } => $"row.IsEmpty({column}) ? ({member.Type.Name})null : {Field(member, column)}",
        { IsOptional: true, Type.Scalar: ScalarKind.Text } => $"row.TextOrNull({column})",
        { IsOptional: true } => $"row.IsEmpty({column}) ? null : {Field(member, column)}",
        _ => Field(member, column),
    };

    private static string Field(MemberModel member, int column) =>
        member.Epoch is { } unit ? $"row.{member.Type.Scalar}({column}, {EpochText.Of(unit)})" : Field(member.Type, column);

    private static string Field(TypeRefModel type, int column) => type.IsEnum ? $"row.Enum<{type.Bare}>({column})" : type.Scalar switch
    {
        ScalarKind.SByte or ScalarKind.Byte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.UInt32
            or ScalarKind.UInt64 or ScalarKind.Int128 or ScalarKind.UInt128 =>
            $"row.Integer<{type.Bare}>({column})",
        _ => $"row.{type.Scalar}({column})",
    };

    private static void EmitWrite(SourceWriter writer, MemberModel member)
    {
        var call = member.Type.IsEnum ? "WriteEnum" : member is { IsOptional: true, Type.Scalar: ScalarKind.Text } ? "WriteOptional"
            : "Write";
        var value = $"value.{CSharpNames.Escape(member.Name)}";
        if (!member.Type.IsNullable)
        {
            writer.Line($"writer.{call}({Arguments(value)});");
            return;
        }

        using (writer.Open($"if ({value}.HasValue)"))
        {
            writer.Line($"writer.{call}({Arguments($"{value}.GetValueOrDefault()")});");
        }

        using (writer.Open("else"))
        {
            writer.Line("writer.WriteEmpty();");
        }

        writer.Line();

        string Arguments(string written) => member.Epoch is { } unit ? $"{written}, {EpochText.Of(unit)}" : written;
    }
}
