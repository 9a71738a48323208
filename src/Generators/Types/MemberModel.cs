namespace Weir.Generators.Types;

/// <summary>One member of an object, at its place on the wire.</summary>
/// <param name="Name">The property's or field's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Column">The name that <c>[Column]</c> gives it in rows, or null.</param>
/// <param name="IsOptional">Whether it may be null: a <c>Nullable</c>, or a reference annotated with <c>?</c>.</param>
/// <param name="IsAssigned">Whether it is set in an object initializer, behind the constructor.</param>
/// <param name="Epoch">The unit that <c>[Epoch]</c> gives it in rows, as C# text; null if it has none.</param>
internal sealed record MemberModel(string Name, TypeRefModel Type, string? Column, bool IsOptional, bool IsAssigned, string? Epoch = null)
{
    /// <summary>The name as C# text: keywords are escaped.</summary>
    public string Access => CSharpNames.Escape(Name);

    /// <summary>The name as it is written in rows.</summary>
    public string RowName => Column ?? char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}
