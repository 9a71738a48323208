namespace Weir;

/// <summary>
/// Says that code depends on nothing but its arguments: it runs again when a record is replayed, and must then answer the same.
/// </summary>
/// <remarks>
/// On a parameter it asks that of each function that is given for it; on an interface or abstract class, of each type that implements it.
/// The rules WEIR1001 to WEIR1009 look into those. On a method, property or type of your own it is a promise: the rules rely on it, and do
/// not
/// look inside.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Interface | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method
        | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Constructor)]
public sealed class DeterministicAttribute : Attribute;
