using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A key, and what a table tells keys apart by.</summary>
internal sealed record KeyModel
{
    /// <summary>Its type; null if generated code cannot name it.</summary>
    public required string? Type { get; init; }

    /// <summary>What it is made of.</summary>
    public required KeyPartModel Whole { get; init; }

    /// <summary>Whether a record may come without one.</summary>
    public required bool CanBeNull { get; init; }
}

/// <summary>A key or a part of one.</summary>
internal sealed record KeyPartModel
{
    /// <summary>The member that it is of the whole; null for the key itself.</summary>
    public required string? Member { get; init; }

    /// <summary>Its type; null if generated code cannot name it.</summary>
    public required string? Type { get; init; }

    /// <summary>What it is hashed and compared by.</summary>
    public required KeyForm Form { get; init; }

    /// <summary>Its own parts, of a tuple or a record.</summary>
    public required EquatableArray<KeyPartModel> Parts { get; init; }
}

/// <summary>What a part of a key is hashed and compared by.</summary>
internal enum KeyForm
{
    /// <summary>Characters.</summary>
    Text,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A number that a <see langword="long"/> holds.</summary>
    Integer,

    /// <summary>A number or an enum whose bits a <see langword="long"/> holds.</summary>
    Bits,

    /// <summary>Its ticks.</summary>
    Ticks,

    /// <summary>Its ticks as UTC.</summary>
    UtcTicks,

    /// <summary>Its day.</summary>
    Day,

    /// <summary>Its sixteen bytes.</summary>
    Guid,

    /// <summary>Its parts one behind the other.</summary>
    Tuple,

    /// <summary>Its parts are hashed; its own equality compares it.</summary>
    Record,

    /// <summary>Only its codec can hash it.</summary>
    Opaque,
}
