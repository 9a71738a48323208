namespace Weir;

/// <summary>
/// The wire form of a type: what a snapshot was written with, kept once beside it, so that a later reader can resolve it.
/// </summary>
/// <param name="Name">The type's name: <c>int</c>, <c>string</c>, <c>Shop.Order</c>, <c>list</c>.</param>
/// <param name="Members">Members in wire order; elements of a collection under the name <c>item</c> (<c>key</c>, <c>value</c> for
/// dictionaries).</param>
public sealed record Schema(string Name, IReadOnlyList<SchemaMember> Members)
{
    /// <summary>Gets what the members stand for on the wire: what another version of the type may do with them.</summary>
    public SchemaKind Kind { get; init; }

    /// <summary>Gets the names that the type had before; not stored.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>A type whose bytes only its own codec understands.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The schema.</returns>
    public static Schema Of(string name) => new(name, []);

    /// <summary>
    /// A type with members, written as an array of them in order. It may contain itself: what is given once within a schema is given by its
    /// name alone afterwards.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Its members; asked for at most once.</param>
    /// <returns>The schema.</returns>
    public static Schema Of(string name, Func<IReadOnlyList<SchemaMember>> members) => Of(name, SchemaKind.Object, members);

    /// <summary>A type with members that may contain itself.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What its members stand for.</param>
    /// <param name="members">Its members; asked for at most once.</param>
    /// <returns>The schema.</returns>
    public static Schema Of(string name, SchemaKind kind, Func<IReadOnlyList<SchemaMember>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var isOutermost = _given is null;
        var given = _given ??= new HashSet<string>(StringComparer.Ordinal);
        try
        {
            return given.Add(name) ? new Schema(name, members()) { Kind = kind } : new Schema(name, []) { Kind = SchemaKind.Reference };
        }
        finally
        {
            _given = isOutermost ? null : given;
        }
    }

    // The types whose members have been given, or are being asked for, within the outermost schema of this thread.
    [ThreadStatic]
    private static HashSet<string>? _given;

    /// <summary>The whole form on one line: two schemas with the same text have the same bytes.</summary>
    /// <returns>For example <c>Shop.Order{Id:long,Tags:list{item:string}}</c>.</returns>
    public override string ToString() =>
        Members.Count == 0 ? Name : $"{Name}{{{string.Join(',', Members.Select(member => $"{member.Name}:{member.Schema}"))}}}";

    /// <inheritdoc/>
    public bool Equals(Schema? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);
}
