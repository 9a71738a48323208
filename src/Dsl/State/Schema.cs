namespace Weir;

/// <summary>The wire form of a type: what a snapshot was written with, kept once beside it, so that a later reader can tell.</summary>
/// <param name="Name">The type's name: <c>int</c>, <c>string</c>, <c>Shop.Order</c>, <c>list</c>.</param>
/// <param name="Members">Members in wire order; elements of a collection under the name <c>item</c> (<c>key</c>, <c>value</c> for
/// dictionaries).</param>
public sealed record Schema(string Name, IReadOnlyList<SchemaMember> Members)
{
    /// <summary>A type without members.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The schema.</returns>
    public static Schema Of(string name) => new(name, []);

    /// <summary>A type with members, which may contain itself: inside its own members only its name is given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Its members; asked for at most once.</param>
    /// <returns>The schema.</returns>
    public static Schema Of(string name, Func<IReadOnlyList<SchemaMember>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var open = _open ??= [];
        if (!open.Add(name))
        {
            return Of(name);
        }

        try
        {
            return new Schema(name, members());
        }
        finally
        {
            open.Remove(name);
        }
    }

    // The types whose members are being asked for on this thread.
    [ThreadStatic]
    private static HashSet<string>? _open;

    /// <summary>The whole form on one line: two schemas with the same text have the same bytes.</summary>
    /// <returns>For example <c>Shop.Order{Id:long,Tags:list{item:string}}</c>.</returns>
    public override string ToString() =>
        Members.Count == 0 ? Name : $"{Name}{{{string.Join(',', Members.Select(member => $"{member.Name}:{member.Schema}"))}}}";

    /// <inheritdoc/>
    public bool Equals(Schema? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);
}
