namespace Weir;

/// <summary>
/// Says that rows hold a member of type <see cref="DateTime"/> or <see cref="DateTimeOffset"/> as a number since 1970-01-01T00:00:00Z (Unix
/// time).
/// </summary>
/// <remarks>
/// <para>Without it only ISO 8601 is read: a number could be of any unit. With it only numbers are. They may be negative and have a
/// fraction, which is cut to 100 ns, and are read as UTC.</para>
/// <para>On a parameter of the constructor it counts for the member of the same name, so that positional records need no
/// <c>property:</c>.</para>
/// </remarks>
/// <param name="unit">What the number counts.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EpochAttribute(EpochUnit unit) : Attribute
{
    /// <summary>Gets what the number counts.</summary>
    public EpochUnit Unit { get; } = unit;
}
