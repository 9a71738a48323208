using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>One member of an object, at its place on the wire.</summary>
internal sealed record MemberModel
{
    /// <summary>The property's or field's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required TypeRefModel Type { get; init; }

    /// <summary>The names that it had before.</summary>
    public required EquatableArray<string> FormerNames { get; init; }

    /// <summary>The user's constant that it begins with where it was not stored; null for its type's default.</summary>
    public required string? Begins { get; init; }

    /// <summary>The full name of a codec of the user's own, for this member alone; null if its type has one.</summary>
    public required string? Codec { get; init; }

    /// <summary>The name that <c>[Column]</c> gives it in rows; null if it has none.</summary>
    public required string? Column { get; init; }

    /// <summary>Whether it may be null: a <c>Nullable</c>, or a reference annotated with <c>?</c>.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Whether it is set in an object initializer, behind the constructor.</summary>
    public required bool IsAssigned { get; init; }

    /// <summary>The unit that <c>[Epoch]</c> gives it in rows; null if it has none.</summary>
    public required EpochModel? Epoch { get; init; }

    /// <summary>The name as it is written in rows.</summary>
    public string RowName => Column ?? char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}

/// <summary>The unit of a time that is a number in rows.</summary>
internal sealed record EpochModel
{
    /// <summary>Its name among the units; null if the user gave a number that none has.</summary>
    public required string? Unit { get; init; }

    /// <summary>Its number.</summary>
    public required int Number { get; init; }
}
