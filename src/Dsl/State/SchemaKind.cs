namespace Weir;

/// <summary>What the members of a <see cref="Schema"/> stand for on the wire.</summary>
/// <remarks>The numbers are those of manifests.</remarks>
public enum SchemaKind
{
    /// <summary>Bytes that only the type's own codec understands: they are read by the very form that they were written in.</summary>
    Value = 0,

    /// <summary>An array of the members in order; nil for none. Other versions of the type are resolved by the members' names.</summary>
    Object = 1,

    /// <summary>A whole number. The first member is the number; the others are the names, each with its number.</summary>
    Enum = 2,

    /// <summary>An array of the name of one of the members and its value: the types of a closed hierarchy. Nil for none.</summary>
    Hierarchy = 3,

    /// <summary>An array of items; nil for none.</summary>
    List = 4,

    /// <summary>An array of different items; nil for none.</summary>
    Set = 5,

    /// <summary>A map of keys and values; nil for none.</summary>
    Map = 6,

    /// <summary>A value, or nil.</summary>
    Nullable = 7,

    /// <summary>
    /// What an aggregate has kept, as <see cref="Object"/>. A member that was not kept has no default: what went by cannot be counted
    /// afterwards.
    /// </summary>
    Accumulator = 8,

    /// <summary>A type that is given in full further outside or before.</summary>
    Reference = 9,

    /// <summary>
    /// An array of the time of its last update and the value: of state that expires. The time is nil for what was written before it did.
    /// What is stored without a time may be read with one, and the other way round.
    /// </summary>
    Aged = 10,
}
