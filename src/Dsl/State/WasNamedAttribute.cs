namespace Weir;

/// <summary>Says what a member, a type or a name of an enum was called in states that were stored before.</summary>
/// <remarks>
/// On a parameter of the constructor it counts for the member of the same name, so that positional records need no <c>property:</c>. A type
/// is named in full, with its namespace (<c>Shop.Order</c>), or, if only its last name has changed, by that alone.
/// </remarks>
/// <param name="name">The name then.</param>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct
        | AttributeTargets.Enum,
    AllowMultiple = true,
    Inherited = false)]
public sealed class WasNamedAttribute(string name) : Attribute
{
    /// <summary>Gets the name then.</summary>
    public string Name { get; } = name;
}
