using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>Writes how an object is made of locals <c>member0, member1, …</c>, one a member.</summary>
internal static class ConstructionText
{
    public static void Emit(SourceWriter writer, ObjectTypeModel type)
    {
        var arguments = string.Join(", ", type.Arguments.Select(static argument =>
            argument.Member is { } index ? FormattableString.Invariant($"member{index}") : "default"));
        var assigned = type.Members.Select(static (member, index) => (member, index)).Where(static item => item.member.IsAssigned)
            .ToArray();
        if (type.IsTuple && type.Arguments.Count > 7)
        {
            // The eighth item lies in a tuple within.
            writer.Line($"return ({arguments});");
            return;
        }

        if (assigned.Length == 0)
        {
            writer.Line($"return new {type.Name}({arguments});");
            return;
        }

        writer.Line($"return new {type.Name}({arguments})").Line("{");
        foreach (var (member, index) in assigned)
        {
            writer.Line($"    {CSharpNames.Escape(member.Name)} = member{index},");
        }

        writer.Line("};");
    }
}
