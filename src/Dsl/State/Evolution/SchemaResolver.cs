namespace Weir.Wire;

/// <summary>
/// Resolves what was written in one form by the names that a type has now: its members, its names if it is an enum, its types if it is a
/// closed hierarchy.
/// </summary>
/// <remarks>
/// A member that was not written begins with its default, one that is gone is skipped, one that was renamed says so, and numbers may have
/// become wider. Anything else is a conflict. In a key nothing may change that its stable hash is made of: the group of a key is where its
/// state lies.
/// </remarks>
internal sealed partial class SchemaResolver
{
    private readonly bool _isKey;
    private readonly Dictionary<string, Schema> _then = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Schema> _now = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Then, string Now), Transcoder> _resolved = [];
    private readonly List<string> _notes = [];
    private SchemaConflict? _conflict;

    private SchemaResolver(Schema then, Schema now, bool isKey)
    {
        _isKey = isKey;
        Collect(then, _then);
        Collect(now, _now);
    }

    /// <summary>How to read a member; null for the transcoder if it is read as it was written.</summary>
    /// <param name="then">The form that it was written in.</param>
    /// <param name="now">The form that it has now.</param>
    /// <param name="isKey">Whether it is a key, or a part of one.</param>
    public static SchemaResolution Resolve(SchemaMember then, SchemaMember now, bool isKey)
    {
        if (then.Schema == now.Schema)
        {
            return new SchemaResolution(null, null, []);
        }

        var resolver = new SchemaResolver(then.Schema, now.Schema, isKey);
        var transcoder = resolver.Of(then.Schema, now.Schema, now.Name);
        return resolver._conflict is { } conflict
            ? new SchemaResolution(null, conflict, [])
            : new SchemaResolution(transcoder is SameForm ? null : transcoder, null, resolver._notes);
    }

    // What is given once and by its name afterwards.
    private static void Collect(Schema schema, Dictionary<string, Schema> into)
    {
        if (schema.Kind is SchemaKind.Object or SchemaKind.Hierarchy && schema.Name != Tuple)
        {
            into.TryAdd(schema.Name, schema);
        }

        foreach (var member in schema.Members)
        {
            Collect(member.Schema, into);
        }
    }

    private Transcoder Of(Schema then, Schema now, string path)
    {
        then = then.Kind == SchemaKind.Reference ? _then.GetValueOrDefault(then.Name, then) : then;
        now = now.Kind == SchemaKind.Reference ? _now.GetValueOrDefault(now.Name, now) : now;
        if (_conflict is not null || (then == now && !HasReference(then)))
        {
            return SameForm.Instance;
        }

        if (then.Kind == SchemaKind.Aged || now.Kind == SchemaKind.Aged)
        {
            return OfAged(then, now, path);
        }

        if (now.Kind == SchemaKind.Nullable && then.Kind != SchemaKind.Nullable)
        {
            // A null of a class and one of a struct are both nil, and hash alike.
            var inner = Of(then, now.Members[0].Schema, path);
            return inner is SameForm ? inner : new ChangedNullable(inner);
        }

        return then.Kind != now.Kind ? Retyped(path, then, now) : now.Kind switch
        {
            SchemaKind.Value => OfValue(then, now, path),
            SchemaKind.Object or SchemaKind.Accumulator => OfObject(then, now, path),
            SchemaKind.Enum => OfEnum(then, now, path),
            SchemaKind.Hierarchy => OfHierarchy(then, now, path),
            _ when _isKey && now.Kind != SchemaKind.Nullable => Retyped(path, then, now),
            SchemaKind.List or SchemaKind.Set => new ChangedItems(Inner(0)),
            SchemaKind.Map => new ChangedEntries(Inner(0), Inner(1)),
            SchemaKind.Nullable => new ChangedNullable(Inner(0)),
            _ => Retyped(path, then, now),
        };

        Transcoder Inner(int index) =>
            Of(then.Members[index].Schema, now.Members[index].Schema, $"{path}.{now.Members[index].Name}");
    }

    // State that gets a time to live, or has it no more, is the same state.
    private ChangedAge OfAged(Schema then, Schema now, string path)
    {
        var (was, @is) = (then.Kind == SchemaKind.Aged, now.Kind == SchemaKind.Aged);
        return new ChangedAge(Of(was ? then.Members[1].Schema : then, @is ? now.Members[1].Schema : now, path), was, @is);
    }

    private static bool HasReference(Schema schema) =>
        schema.Kind == SchemaKind.Reference || schema.Members.Any(member => HasReference(member.Schema));

    private Transcoder OfValue(Schema then, Schema now, string path)
    {
        if (then.Members.Count > 0 || now.Members.Count > 0 || !NumberForms.Fits(then.Name, now.Name))
        {
            return Retyped(path, then, now);
        }

        if (_isKey && !NumberForms.KeepsHash(then.Name, now.Name))
        {
            return Conflict(
                path, $"'{path}' was {then} and is {now} now, which in a key gives its state to others", "Change the type back");
        }

        // Whole numbers of at most 64 bits all lie alike on the wire.
        return now.Name is "float" or "double" or "decimal" or "Int128" or "UInt128" or "BigInteger"
            ? new WidenedNumber(now.Name) : SameForm.Instance;
    }

    private SameForm Retyped(string path, Schema then, Schema now) =>
        Conflict(path, $"'{path}' was {then} and is {now} now", "Change the type back");

    private SameForm Conflict(string path, string text, string remedy)
    {
        _conflict ??= new SchemaConflict(path, text, remedy);
        return SameForm.Instance;
    }

    // A type that has moved or has another name is no other type if it says so.
    private bool IsNamed(Schema then, Schema now, string path)
    {
        if (TypeLabels.IsSame(then.Name, now.Name, now.FormerNames))
        {
            return true;
        }

        Conflict(path, $"'{path}' was {then} and is {now} now",
            $"Change the type back, or mark '{now.Name}' [WasNamed(\"{then.Name}\")] if it is the same one under another name");
        return false;
    }

    private const string Tuple = "tuple";
}

/// <summary>How a member is read that was written in another form.</summary>
/// <param name="Transcoder">What takes it to the form that it has now; null if it is read as it was written.</param>
/// <param name="Conflict">Why it cannot be read; null if it can.</param>
/// <param name="Notes">What became of members that came or went, for the user.</param>
internal sealed record SchemaResolution(Transcoder? Transcoder, SchemaConflict? Conflict, IReadOnlyList<string> Notes);
