using Weir.Generators.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Writes what a schema says beside names and types: former names, and what members begin with.</summary>
internal static class SchemaText
{
    /// <summary>A member of an object.</summary>
    /// <param name="member">The member.</param>
    /// <param name="codec">The name of its own codec's field; null if its type has one.</param>
    public static string Member(MemberModel member, string? codec)
    {
        var (type, name) = (member.Type.Name, CSharpNames.Literal(member.Name));
        var begins = member.Begins is { } constant ? $", ({type})({constant})" : "";
        var made = codec is null ? $"global::Weir.SchemaMember.Of<{type}>({name}{begins})"
            : $"global::Weir.SchemaMember.Of<{type}>({name}{begins}, codec: {codec})";
        return made + With(member.FormerNames);
    }

    /// <summary>The former names of something that has been made.</summary>
    public static string With(EquatableArray<string> formerNames) =>
        formerNames.Count == 0 ? "" : $" with {{ FormerNames = [{Names(formerNames)}] }}";

    /// <summary>The former names of something that is being made, behind another property.</summary>
    public static string Also(EquatableArray<string> formerNames) =>
        formerNames.Count == 0 ? "" : $", FormerNames = [{Names(formerNames)}]";

    /// <summary>The former names of something that is being made.</summary>
    public static string Initializer(EquatableArray<string> formerNames) =>
        formerNames.Count == 0 ? "" : $" {{ FormerNames = [{Names(formerNames)}] }}";

    private static string Names(EquatableArray<string> names) => string.Join(", ", names.Select(CSharpNames.Literal));
}
