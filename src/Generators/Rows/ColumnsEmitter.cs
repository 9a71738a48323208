using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Rows;

/// <summary>Writes the columns of one type.</summary>
internal static class ColumnsEmitter
{
    private const string Rows = "global::Weir.Rows.";

    public static void Emit(SourceWriter writer, string className, ObjectTypeModel type)
    {
        using (writer.Open($"file sealed class {className} : {Rows}RecordColumns<{type.Name}>"))
        using (writer.Open($"public override void Accept({Rows}IRecordColumnVisitor<{type.Name}> visitor)"))
        {
            foreach (var member in type.Members)
            {
                var column = member.Column is { } name ? CSharpNames.Literal(name) : "null";
                var value = $"static record => record.{CSharpNames.Escape(member.Name)}";
                writer.Line($"visitor.Visit({CSharpNames.Literal(member.Name)}, {column}, {value});");
            }
        }
    }
}
