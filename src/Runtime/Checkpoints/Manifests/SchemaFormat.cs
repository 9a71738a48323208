using System.Collections.Immutable;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>How schemas lie in a manifest: name, kind, type and members of each.</summary>
internal static class SchemaFormat
{
    private const int MaxDepth = 64;
    private const SchemaKind NewestKind = SchemaKind.Aged;

    public static void Write(ref MessagePackWriter writer, IReadOnlyList<SchemaMember> members)
    {
        writer.WriteArrayHeader(members.Count);
        foreach (var member in members)
        {
            writer.WriteArrayHeader(4);
            writer.Write(member.Name);
            writer.Write((long)member.Schema.Kind);
            writer.Write(member.Schema.Name);
            Write(ref writer, member.Schema.Members);
        }
    }

    /// <summary>Reads schemas.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="hasKinds">Whether their kinds were written, too; they follow from the names otherwise.</param>
    public static ImmutableArray<SchemaMember> Read(ref MessagePackReader reader, bool hasKinds) => Read(ref reader, hasKinds, 0);

    private static ImmutableArray<SchemaMember> Read(ref MessagePackReader reader, bool hasKinds, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"a schema in it is nested more than {MaxDepth} deep");
        }

        var members = ImmutableArray.CreateBuilder<SchemaMember>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(hasKinds ? 4 : 3);
            var name = reader.ReadString() ?? "";
            var kind = hasKinds ? (SchemaKind)reader.ReadBounded((long)SchemaKind.Value, (long)NewestKind) : SchemaKind.Value;
            var type = reader.ReadString() ?? "";
            var inner = Read(ref reader, hasKinds, depth + 1);
            var schema = new Schema(type, inner) { Kind = hasKinds ? kind : KindOf(type, inner) };
            members.Add(new SchemaMember(name, IsWhole(schema) ? schema
                : throw new InvalidDataException($"a schema in it is a {kind} of {schema.Members.Count} members")));
        }

        return members.ToImmutable();
    }

    // What resolves schemas relies on it.
    private static bool IsWhole(Schema schema) => schema.Kind switch
    {
        SchemaKind.List or SchemaKind.Set or SchemaKind.Nullable => schema.Members.Count == 1,
        SchemaKind.Map or SchemaKind.Aged => schema.Members.Count == 2,
        SchemaKind.Enum => schema.Members.Count >= 1,
        SchemaKind.Reference => schema.Members.Count == 0,
        _ => true,
    };

    private static SchemaKind KindOf(string type, ImmutableArray<SchemaMember> members) => (type, members.Length) switch
    {
        (_, 0) or ("Weir.FileSplit" or "Weir.FileTransaction", _) => SchemaKind.Value,
        ("list", 1) => SchemaKind.List,
        ("set", 1) => SchemaKind.Set,
        ("map", 2) => SchemaKind.Map,
        ("nullable", 1) => SchemaKind.Nullable,
        ("accumulator", _) => SchemaKind.Accumulator,
        (_, 1) when members[0].Name == "number" => SchemaKind.Enum,
        _ => SchemaKind.Object,
    };
}
