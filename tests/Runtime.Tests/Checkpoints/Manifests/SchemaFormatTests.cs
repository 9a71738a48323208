using System.Buffers;
using MessagePack;
using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Tests.Checkpoints.Manifests;

/// <summary>Schemas in a manifest: of every kind that there is.</summary>
public sealed class SchemaFormatTests
{
    public static TheoryData<SchemaKind> Kinds => [.. Enum.GetValues<SchemaKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_schema_of_each_kind_is_read_as_it_was_written(SchemaKind kind)
    {
        var members = kind switch
        {
            SchemaKind.Value or SchemaKind.Reference => 0,
            SchemaKind.Map or SchemaKind.Aged => 2,
            _ => 1,
        };
        var schema = new Schema("some", [.. Enumerable.Range(0, members).Select(i => new SchemaMember($"m{i}", Schema.Of("long")))])
        {
            Kind = kind,
        };
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        SchemaFormat.Write(ref writer, [new SchemaMember("state", schema)]);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        var read = Assert.Single(SchemaFormat.Read(ref reader, hasKinds: true));
        Assert.Equal(("state", kind, $"{schema}"), (read.Name, read.Schema.Kind, $"{read.Schema}"));
    }
}
