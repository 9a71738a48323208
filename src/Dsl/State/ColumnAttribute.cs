namespace Weir;

/// <summary>Names a member in rows: its column in CSV and in tables of databases, its property in JSON.</summary>
/// <remarks>
/// On a parameter of the constructor it counts for the member of the same name, so that positional records need no <c>property:</c>.
/// </remarks>
/// <param name="name">The name, as it is written.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}
