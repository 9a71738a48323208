using System.ComponentModel;

namespace Weir;

/// <summary>Lists the members of an assembly that operator code must not use. The rules read it of referenced assemblies.</summary>
/// <remarks>For tools that analyze a library as a whole. In code of your own write <see cref="NonDeterministicAttribute"/>.</remarks>
/// <param name="members">A line each: the member's documentation id, the rule, and the path to the reason, parted by <c>|</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NonDeterministicMembersAttribute(params string[] members) : Attribute
{
    /// <summary>Gets the lines.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
