using System.Collections.Immutable;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>How the parts of an operator's keyed state lie in a manifest: name, kind, and the forms of namespace, key and value.</summary>
internal static class PartFormat
{
    public static void Write(ref MessagePackWriter writer, ImmutableArray<PartForm> parts)
    {
        writer.WriteArrayHeader(parts.Length);
        foreach (var part in parts)
        {
            writer.WriteArrayHeader(3);
            writer.Write(part.Name);
            writer.Write((long)part.Kind);
            SchemaFormat.Write(ref writer, [new("namespace", part.Namespace), new("key", part.Key), new("value", part.Value)]);
        }
    }

    public static ImmutableArray<PartForm> Read(ref MessagePackReader reader)
    {
        var parts = ImmutableArray.CreateBuilder<PartForm>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(3);
            var name = reader.ReadString() ?? "";
            var kind = (PartKind)reader.ReadBounded((long)PartKind.Opaque, (long)PartKind.Timers);
            var forms = SchemaFormat.Read(ref reader, hasKinds: true);
            parts.Add(forms.Length == 3 ? new PartForm(name, kind, forms[0].Schema, forms[1].Schema, forms[2].Schema)
                : throw new InvalidDataException($"a part of it has {forms.Length} forms instead of 3"));
        }

        return parts.ToImmutable();
    }
}
