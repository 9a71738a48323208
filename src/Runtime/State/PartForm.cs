namespace Weir.Runtime.State;

/// <summary>How the entries of a part of keyed state lie in a savepoint.</summary>
public enum PartKind
{
    /// <summary>In a way that only the operator knows.</summary>
    Opaque = 0,

    /// <summary>Namespace, key, value.</summary>
    Values = 1,

    /// <summary>Time in microseconds since the Unix epoch, namespace, key.</summary>
    Timers = 2,
}

/// <summary>A part of an operator's keyed state, as a savepoint describes it to whoever reads it without the operator.</summary>
/// <param name="Name">Its name: that of the state, or what the operator calls it.</param>
/// <param name="Kind">How its entries lie.</param>
/// <param name="Namespace">The form of namespaces; <c>none</c> takes no byte.</param>
/// <param name="Key">The form of keys.</param>
/// <param name="Value">The form of values; <c>none</c> for timers.</param>
public sealed record PartForm(string Name, PartKind Kind, Schema Namespace, Schema Key, Schema Value)
{
    /// <summary>The form of what takes no byte.</summary>
    public static Schema Nothing { get; } = Schema.Of("none");

    /// <summary>Gets a value indicating whether there is one namespace only.</summary>
    public bool HasNoNamespace => Namespace.Name == Nothing.Name;
}
