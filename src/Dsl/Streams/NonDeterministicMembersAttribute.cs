using System.ComponentModel;

namespace Weir;

/// <summary>Lists the members of an assembly that operator code must not use. The generator writes it; nobody else should.</summary>
/// <param name="members">A line each: the member's documentation id, the rule, and the path to the reason, parted by <c>|</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NonDeterministicMembersAttribute(params string[] members) : Attribute
{
    /// <summary>Gets the lines.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
