namespace Weir.Generators.Types;

/// <summary>
/// A type where it is used. Tuple names and nullable annotations are erased: the same type at run time has the same model.
/// </summary>
/// <param name="Name">As C# text that means the same everywhere: <c>global::Shop.Order</c>.</param>
/// <param name="Scalar">What a single value of it is, for an enum its underlying number; <see cref="ScalarKind.None"/> for everything
/// else.</param>
/// <param name="Bare">The same without <c>Nullable</c> around it.</param>
/// <param name="IsEnum">Whether <see cref="Bare"/> is an enum.</param>
/// <param name="IsNullable">Whether it is a <c>Nullable</c>.</param>
/// <param name="IsValueType">Whether it can never be null, or is a <c>Nullable</c>.</param>
internal sealed record TypeRefModel(string Name, ScalarKind Scalar, string Bare, bool IsEnum, bool IsNullable, bool IsValueType)
{
    /// <summary>A value of the language or the framework whose codec is built in.</summary>
    public bool IsBuiltIn => Scalar != ScalarKind.None && !IsEnum && !IsNullable;
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
