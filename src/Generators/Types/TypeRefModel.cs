namespace Weir.Generators.Types;

/// <summary>
/// A type where it is used. Tuple names and nullable annotations are erased: the same type at run time has the same model.
/// </summary>
internal sealed record TypeRefModel
{
    /// <summary>Its name, which means the same everywhere: <c>global::Shop.Order</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What a single value of it is, for an enum its underlying number; <see cref="ScalarKind.None"/> for everything else.
    /// </summary>
    public required ScalarKind Scalar { get; init; }

    /// <summary>Its name without <c>Nullable</c> around it.</summary>
    public required string Bare { get; init; }

    /// <summary>Whether <see cref="Bare"/> is an enum.</summary>
    public required bool IsEnum { get; init; }

    /// <summary>Whether it is a <c>Nullable</c>.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Whether it can never be null, or is a <c>Nullable</c>.</summary>
    public required bool IsValueType { get; init; }

    /// <summary>Whether it is a type of the framework whose codec is built in, and which is no single value of a row.</summary>
    public required bool IsOfFramework { get; init; }

    /// <summary>A value of the language or the framework whose codec is built in.</summary>
    public bool IsBuiltIn => (Scalar != ScalarKind.None || IsOfFramework) && !IsEnum && !IsNullable;
}

/// <summary>The single values that codecs and rows know by themselves. Codecs of all of them are built in.</summary>
internal enum ScalarKind
{
    None,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Char,
    Single,
    Double,
    Decimal,
    Int128,
    UInt128,
    BigInteger,
    Text,
    Bytes,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
}
