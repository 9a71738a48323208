namespace Weir;

/// <summary>Says that a member answers differently when it is asked again, so that no operator function may use it.</summary>
/// <param name="reason">What to do instead, as the end of a sentence: <c>use the record's event time</c>.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Constructor | AttributeTargets.Class
        | AttributeTargets.Struct)]
public sealed class NonDeterministicAttribute(string reason) : Attribute
{
    /// <summary>Gets what to do instead.</summary>
    public string Reason { get; } = reason;

    /// <summary>Gets or sets the id of the rule that a use breaks. WEIR1003 if it is not set.</summary>
    public string Rule { get; set; } = "WEIR1003";
}
